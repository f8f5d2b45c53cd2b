import { AccessDeniedError, actorId, hasScope, requireScope, type RequestContext, type Scope } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  changeable,
  err,
  failure,
  ok,
  type Clock,
  type InvalidPage,
  type NotFound,
  type PageRequest,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import { mutate, type ChangeInput, type IdempotencyFailure, type KeysetPage } from '@souk/kit/persistence';
import { ApiKeyRevoked, ApiKeysRead, ApiKeysWrite } from '../contract.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { lockStaff } from '../user/member.repository.ts';
import { ApiKeyEntity } from './api-key.entity.ts';
import {
  apiKeyById,
  apiKeyPage,
  countApiKeys,
  useApiKey,
  type ApiKeyRecord,
  type ApiKeyRights,
} from './api-key.repository.ts';
import {
  apiKeyExpiry,
  apiKeyHash,
  changeableScopes,
  grantableScopes,
  hintOf,
  inheritedAddresses,
  LONGEST_LIFETIME_DAYS,
  MOST_KEYS,
  newApiKey,
  overlapEnd,
  validAddresses,
  withDescendants,
  type ApiKeyRefusal,
} from './api-key.ts';

/** The input for a new key. */
export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly lifetimeDays: number;
}

/** The id and secret of a created or rotated key. The secret cannot be read later. */
export interface IssuedApiKey {
  readonly id: string;
  readonly secret: string;
}

export type ApiKeyChangeRefusal = ApiKeyRefusal | NotFound | VersionConflict | IdempotencyFailure;
type Issued = Result<IssuedApiKey, ApiKeyChangeRefusal>;

export interface ApiKeyDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  /** The scopes that all subgraphs declare. */
  readonly scopes: readonly Scope[];
  readonly clock: Clock;
}

/** Manages the API keys of a shop. Changes need `api-keys:write`. Reads need `api-keys:read`. */
export class ApiKeyService {
  readonly #dependencies: ApiKeyDependencies;

  constructor(dependencies: ApiKeyDependencies) {
    this.#dependencies = dependencies;
  }

  /** The permissions of the key with a hash, for gateways. Null when the key is unknown, expired or revoked. */
  rightsOf(hash: string): Promise<ApiKeyRights | null> {
    const { unitOfWork, clock } = this.#dependencies;
    return useApiKey(unitOfWork, hash, clock.now());
  }

  /** A page of the keys, the newest first. */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<ApiKeyRecord>, InvalidPage>> {
    requireScope(ctx, ApiKeysRead);
    return this.#dependencies.unitOfWork.read(ctx, (tx) => apiKeyPage(tx, page));
  }

  /** The key with the id. Null without `api-keys:read`. */
  async find(ctx: RequestContext, id: string): Promise<ApiKeyRecord | null> {
    if (!hasScope(ctx, ApiKeysRead)) return null;
    return this.#dependencies.unitOfWork.read(ctx, (tx) => apiKeyById(tx, id));
  }

  /** Creates a key. The call has no idempotency key, because the stored result would contain the secret. */
  create(ctx: RequestContext, { name, scopes, allowedAddresses, lifetimeDays }: NewApiKey): Promise<Issued> {
    const mutation = { scope: ApiKeysWrite, operation: 'apiKeyCreate', input: {} };
    return mutate(this.#dependencies.unitOfWork, ctx, mutation, async (tx): Promise<Issued> => {
      const granted = grantableScopes(scopes, this.#rights(ctx));
      if (!granted.ok) return granted;
      const valid = validAddresses(allowedAddresses);
      if (!valid.ok) return valid;
      await lockStaff(tx); // concurrent creations count each other, and a revocation finds every key that the revoked key created
      const creator = await tx.em.findOne(ApiKeyEntity, { id: actorId(ctx) ?? '' });
      if (creator?.revokedAt) throw new AccessDeniedError('UNAUTHENTICATED');
      const addresses = inheritedAddresses(valid.value, creator);
      if (!addresses.ok) return addresses;
      if ((await countApiKeys(tx)) >= MOST_KEYS)
        return err(failure('API_KEY_LIMIT_REACHED', `A shop has at most ${MOST_KEYS} API keys: revoke one first`));
      const secret = newApiKey();
      const { id } = tx.em.create(ApiKeyEntity, {
        name,
        secretHash: apiKeyHash(secret),
        hint: hintOf(secret),
        scopes: [...granted.value],
        allowedAddresses: [...addresses.value],
        expiresAt: apiKeyExpiry(lifetimeDays, this.#dependencies.clock.now(), creator),
      });
      return ok({ id, secret });
    });
  }

  /**
   * Replaces the secret of a key and renews its expiry. The previous secret stays valid for `overlapHours`. Older secrets become invalid.
   */
  rotate(ctx: RequestContext, input: ChangeInput & { readonly overlapHours: number }): Promise<Issued> {
    return this.#edit<IssuedApiKey>(ctx, 'apiKeyRotate', input, async (_tx, key) => {
      const now = this.#dependencies.clock.now();
      const secret = newApiKey();
      Object.assign(key, {
        previousHash: key.secretHash,
        previousExpiresAt: overlapEnd(input.overlapHours, key.expiresAt, now),
        secretHash: apiKeyHash(secret),
        hint: hintOf(secret),
        expiresAt: apiKeyExpiry(LONGEST_LIFETIME_DAYS, now),
      });
      return ok({ id: key.id, secret });
    });
  }

  /**
   * Revokes a key, and all keys that it created, directly or through other keys. Otherwise a thief could keep access
   * with keys that a stolen key created. Gateways refuse a key as soon as they receive its `ApiKeyRevoked`.
   * @returns the id of the key
   */
  revoke(ctx: RequestContext, input: ChangeInput): Promise<Result<string, ApiKeyChangeRefusal>> {
    return this.#edit<string>(ctx, 'apiKeyRevoke', input, async (tx, key) => {
      await lockStaff(tx);
      const now = this.#dependencies.clock.now();
      for (const each of withDescendants(await tx.em.find(ApiKeyEntity, { revokedAt: null }), key.id)) {
        each.revokedAt = now;
        tx.outbox.append(eventOf(ApiKeyRevoked, each.id, { apiKeyId: each.id, name: each.name }));
      }
      return ok(key.id);
    });
  }

  #edit<Value>(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: AccountsTransaction, key: ApiKeyEntity) => Promise<Result<Value, ApiKeyChangeRefusal>>,
  ): Promise<Result<Value, ApiKeyChangeRefusal>> {
    const mutation = { scope: ApiKeysWrite, operation, input };
    return mutate(
      this.#dependencies.unitOfWork,
      ctx,
      mutation,
      async (tx): Promise<Result<Value, ApiKeyChangeRefusal>> => {
        const found = changeable(
          await tx.em.findOne(ApiKeyEntity, { id: input.id, revokedAt: null }),
          input,
          'API key',
        );
        if (!found.ok) return found;
        const granted = changeableScopes(found.value.scopes, this.#rights(ctx));
        return granted.ok ? change(tx, found.value) : granted;
      },
    );
  }

  #rights(ctx: RequestContext) {
    const declared = this.#dependencies.scopes;
    return {
      known: declared.map(({ name }) => name),
      has: (name: string) => declared.some((scope) => scope.name === name && hasScope(ctx, scope)),
    };
  }
}
