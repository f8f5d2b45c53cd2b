import type { RequestContext } from '@souk/kit/context';
import {
  connectionTypes,
  DateTimeScalar,
  IdempotentInput,
  IdField,
  PageArgs,
  presentConnection,
  valueOrThrow,
} from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { deletePayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import type { OwnSessionService } from './own-session.service.ts';
import type { SessionRecord } from './session.repository.ts';

@ObjectType('Session', { simpleResolvers: true, description: 'An open session: a login and its renewals.' })
class SessionType {
  @Field(() => ID, { description: 'The claim `sid` of the access tokens of the session.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'The time of the login.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The time of the latest renewal.' })
  lastUsedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address of the login. Of an IPv6 address the first 64 bits.',
  })
  clientAddress!: string | null;
}

const { ConnectionType: SessionConnection } = connectionTypes('Session', SessionType);

@InputType()
class SessionEndInput extends IdempotentInput {
  @IdField()
  id!: string;
}

const SessionEndPayload = deletePayload('SessionEnd');

@Resolver()
export class OwnSessionResolver {
  readonly #sessions: OwnSessionService;

  constructor(sessions: OwnSessionService) {
    this.#sessions = sessions;
  }

  @Directive('@authenticated')
  @Query(() => SessionConnection, {
    nullable: true,
    description: 'The open sessions of the user who is logged in, the latest login first.',
  })
  async sessions(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#sessions.page(ctx, page)), presentSession);
  }

  @Directive('@authenticated')
  @Mutation(() => SessionEndPayload, {
    nullable: true,
    description:
      'Ends a session of the user who is logged in. Its tokens become invalid, also when it is this session.',
  })
  sessionEnd(@Arg('input', () => SessionEndInput) input: SessionEndInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#sessions.end(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }
}

function presentSession({ id, created_at, last_used_at, client_address }: SessionRecord): SessionType {
  return { id, createdAt: created_at, lastUsedAt: last_used_at, clientAddress: client_address };
}
