import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope, PageArgs, presentConnection, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { ApiKeysRead, ApiKeysWrite } from '../contract.ts';
import { deletePayload } from '../payload.types.ts';
import { respond, UserError } from '../user-errors.ts';
import { ApiKeyCreateInput, ApiKeyRevokeInput, ApiKeyRotateInput } from './api-key.inputs.ts';
import { presentApiKey } from './api-key.presenter.ts';
import type { ApiKeyService, IssuedApiKey } from './api-key.service.ts';
import { LONGEST_LIFETIME_DAYS } from './api-key.ts';
import { ApiKeyConnection, ApiKeyType } from './api-key.types.ts';

const OVERLAP_HOURS = 24;

@ObjectType()
abstract class IssuedPayload {
  @Field(() => ApiKeyType, { nullable: true })
  apiKey?: ApiKeyType | null;

  @Field(() => String, { nullable: true, description: 'The secret. It is shown once, and Souk stores its hash only.' })
  secret?: string | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

@ObjectType({ simpleResolvers: true })
class ApiKeyCreatePayload extends IssuedPayload {}

@ObjectType({ simpleResolvers: true })
class ApiKeyRotatePayload extends IssuedPayload {}

const RevokePayload = deletePayload('ApiKeyRevoke');

@Resolver()
export class ApiKeyResolver {
  readonly #keys: ApiKeyService;

  constructor(keys: ApiKeyService) {
    this.#keys = keys;
  }

  @ForScope(ApiKeysRead)
  @Query(() => ApiKeyConnection, { nullable: true, description: 'The keys that are not revoked, the newest first.' })
  async apiKeys(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#keys.page(ctx, page)), presentApiKey);
  }

  @ForScope(ApiKeysWrite)
  @Mutation(() => ApiKeyCreatePayload, { nullable: true, description: 'Creates a key. A shop has at most 100 keys.' })
  apiKeyCreate(@Arg('input', () => ApiKeyCreateInput) input: ApiKeyCreateInput, @Ctx() ctx: RequestContext) {
    const { name, scopes, allowedAddresses, lifetimeDays } = input;
    const key = {
      name,
      scopes,
      allowedAddresses: allowedAddresses ?? [],
      lifetimeDays: lifetimeDays ?? LONGEST_LIFETIME_DAYS,
    };
    return this.#respond(ctx, input, () => this.#keys.create(ctx, key));
  }

  @ForScope(ApiKeysWrite)
  @Mutation(() => ApiKeyRotatePayload, {
    nullable: true,
    description:
      'Gives a key a new secret that expires after 90 days. The present secret works until the overlap ends, and an earlier one no longer.',
  })
  apiKeyRotate(@Arg('input', () => ApiKeyRotateInput) input: ApiKeyRotateInput, @Ctx() ctx: RequestContext) {
    const { id, expectedVersion, overlapHours } = input;
    const change = { id, expectedVersion, overlapHours: overlapHours ?? OVERLAP_HOURS };
    return this.#respond(ctx, input, () => this.#keys.rotate(ctx, change));
  }

  @ForScope(ApiKeysWrite)
  @Mutation(() => RevokePayload, {
    nullable: true,
    description:
      'Revokes a key: its secrets become invalid at once, and its open sockets and event streams are closed. Revokes the keys that it created, too. A caller revokes no key with a scope that the caller lacks.',
  })
  apiKeyRevoke(@Arg('input', () => ApiKeyRevokeInput) input: ApiKeyRevokeInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#keys.revoke(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<IssuedApiKey, Failure>>) {
    return respond(input, work, ({ id, secret }) => ({ secret, apiKey: this.#changed(ctx, id) }));
  }

  /** Reads the changed key for the payload. Null when the caller may change keys but not read them. */
  async #changed(ctx: RequestContext, id: string) {
    const key = await this.#keys.find(ctx, id);
    return key && presentApiKey(key);
  }
}
