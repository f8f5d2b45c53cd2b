import { traceOf, type Actor, type RequestContext } from '@souk/kit/context';
import { err, ok, type Result, isUuid } from '@souk/kit/domain';
import { isApiKey, type ApiKeyProblem, type ApiKeyVerifier } from './api-keys.ts';
import { hostName, isLoopbackHost } from './loopback.ts';
import type { ChannelDirectory } from './channel-directory.ts';
import type { Caller, CallerClaims, CallerRefusal, CallerSource } from './caller.ts';
import { preferredLocale } from './locale.ts';
import { NOBODY_REVOKED, type Revocations } from './revocations.ts';
import type { TenantDirectory } from './tenant-directory.ts';
import type { TokenClaims } from './token-claims.ts';
import type { TokenProblem, TokenVerifier } from './token-verifier.ts';

const ANONYMOUS: Actor = { kind: 'anonymous' };

/**
 * Identifies the caller, the tenant and the sales channel. A token determines caller and tenant. Without a token, the header `X-Tenant-ID`
 * or the host selects the tenant. The header `X-Channel` selects the channel.
 */
export class Callers implements CallerSource {
  readonly #tokens: TokenVerifier;
  readonly #tenants: TenantDirectory;
  readonly #revocations: Revocations;
  readonly #apiKeys: ApiKeyVerifier | null;
  readonly #channels: ChannelDirectory | null;

  /**
   * @param apiKeys with null API keys are refused
   * @param channels with null requests belong to no channel
   */
  constructor(
    tokens: TokenVerifier,
    tenants: TenantDirectory,
    revocations: Revocations = NOBODY_REVOKED,
    apiKeys: ApiKeyVerifier | null = null,
    channels: ChannelDirectory | null = null,
  ) {
    this.#tokens = tokens;
    this.#tenants = tenants;
    this.#revocations = revocations;
    this.#apiKeys = apiKeys;
    this.#channels = channels;
  }

  async identify(claims: CallerClaims): Promise<Result<Caller, CallerRefusal>> {
    if (claims.tenantId !== undefined && !isTenantName(claims.tenantId)) return err(TENANT_INVALID);
    return claims.authorization === undefined ? this.#anonymous(claims) : this.#user(claims, claims.authorization);
  }

  async #user(claims: CallerClaims, authorization: string): Promise<Result<Caller, CallerRefusal>> {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return err(NO_BEARER_TOKEN);
    const isKey = this.#apiKeys !== null && isApiKey(token);
    const verified = isKey ? await this.#apiKeys.verify(token, claims.address) : await this.#tokens.verify(token);
    if (!verified.ok) return err((isKey ? KEY_REFUSALS : TOKEN_REFUSALS)[verified.error as TokenProblem]);
    const { tenantId } = verified.value;
    if (this.#revocations.isRevoked(verified.value)) return err(isKey ? KEY_REFUSALS.INVALID : TOKEN_REVOKED);
    const named = claims.tenantId?.toLowerCase();
    if (named !== undefined && named !== tenantId && (await this.#idOf(named)) !== tenantId)
      return err(TENANT_MISMATCH);
    return this.#inChannel(claims, contextOf(claims, tenantId, userOf(verified.value)), verified.value);
  }

  async #anonymous(claims: CallerClaims): Promise<Result<Caller, CallerRefusal>> {
    const tenant = await this.#tenantOf(claims);
    return tenant.ok ? this.#inChannel(claims, contextOf(claims, tenant.value, ANONYMOUS), null) : tenant;
  }

  async #inChannel(
    { channel }: CallerClaims,
    context: RequestContext,
    token: TokenClaims | null,
  ): Promise<Result<Caller, CallerRefusal>> {
    if (this.#channels === null) return ok({ context, token });
    const asked = this.#channels.channelOf(context.tenantId, channel?.toLowerCase() ?? null);
    // Without the header a request works also while the channels cannot be read. It then belongs to no channel.
    const channelId = await (channel === undefined ? asked.catch(() => null) : asked);
    if (channelId !== null) return ok({ context: { ...context, channelId }, token });
    return channel === undefined ? ok({ context, token }) : err(channelUnknown(channel));
  }

  async #tenantOf({ tenantId, host }: CallerClaims): Promise<Result<string, CallerRefusal>> {
    if (tenantId !== undefined) {
      const id = await this.#idOf(tenantId.toLowerCase());
      return id === null ? err(TENANT_NOT_FOUND) : ok(id);
    }
    const name = host === undefined ? null : hostName(host);
    const ofHost = name === null ? null : await this.#tenants.byHost(name);
    if (ofHost !== null) return ok(ofHost);
    if (name !== null && !isLoopbackHost(name)) return err(hostUnknown(name));
    const { defaultTenantId } = this.#tenants;
    return defaultTenantId === null ? err(TENANT_REQUIRED) : ok(defaultTenantId);
  }

  /** @param name a UUID or a slug, in lower case */
  async #idOf(name: string): Promise<string | null> {
    if (!isUuid(name)) return this.#tenants.bySlug(name);
    return (await this.#tenants.exists(name)) ? name : null;
  }
}

function userOf({ userId, role, scopes, groups, customerId, company }: TokenClaims): Actor {
  const user = { kind: 'user', userId, role, scopes } as const;
  return {
    ...user,
    ...(groups.length > 0 && { groups }),
    ...(customerId !== null && { customerId }),
    ...(company !== null && { company }),
  };
}

function contextOf(
  { requestId, correlationId, acceptLanguage, headers }: CallerClaims,
  tenantId: string,
  actor: Actor,
): RequestContext {
  const context = { tenantId, actor, requestId, correlationId, locale: preferredLocale(acceptLanguage) };
  const trace = traceOf(headers);
  return trace ? { ...context, trace } : context;
}

/** Whether a name is a UUID, or may be a slug: lower-case letters, digits and dashes, as in a DNS label. */
function isTenantName(name: string): boolean {
  return isUuid(name) || /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(name);
}

/** The maximum length of a DNS name. Error messages truncate a longer host to this length. */
const SHOWN_HOST = 253;

function hostUnknown(name: string): CallerRefusal {
  const message = `Unknown tenant host "${name.slice(0, SHOWN_HOST)}". Add it to the tenant's hosts, or send X-Tenant-ID.`;
  return { code: 'TENANT_NOT_FOUND', message, status: 404 };
}

/** The maximum length of the code of a channel. Error messages truncate a longer value to this length. */
const SHOWN_CODE = 100;

function channelUnknown(code: string): CallerRefusal {
  const message = `X-Channel "${code.slice(0, SHOWN_CODE)}" is no active channel of this shop. Send the code of an active channel, or leave the header out for the default channel.`;
  return { code: 'CHANNEL_NOT_FOUND', message, status: 404 };
}

const TENANT_INVALID: CallerRefusal = {
  code: 'TENANT_INVALID',
  message: 'X-Tenant-ID must be the slug or the UUID of one tenant, such as `demo`',
  status: 400,
};

const TENANT_NOT_FOUND: CallerRefusal = {
  code: 'TENANT_NOT_FOUND',
  message: 'X-Tenant-ID names no tenant: send the slug or the UUID of one that exists',
  status: 404,
};

const TENANT_REQUIRED: CallerRefusal = {
  code: 'TENANT_REQUIRED',
  message: 'Name the tenant: send its slug or its id as X-Tenant-ID, or call one of its host names',
  status: 400,
};

const TENANT_MISMATCH: CallerRefusal = {
  code: 'TENANT_MISMATCH',
  message: 'X-Tenant-ID is not the tenant of your token: leave it out, or sign in to that tenant',
  status: 403,
};

const NO_BEARER_TOKEN: CallerRefusal = {
  code: 'UNAUTHENTICATED',
  message:
    'Send `Authorization: Bearer <token>` with the access token of the login mutation or an API key, or no such header',
  status: 401,
};

const TOKEN_INVALID: CallerRefusal = {
  code: 'UNAUTHENTICATED',
  message: 'The access token is not valid: sign in again with the login mutation',
  status: 401,
};

const TOKEN_EXPIRED: CallerRefusal = {
  code: 'UNAUTHENTICATED',
  message: 'The access token has expired: get a new one with your refresh token, or sign in again',
  status: 401,
  isExpired: true,
};

const TOKEN_REFUSALS: Readonly<Record<TokenProblem, CallerRefusal>> = {
  INVALID: TOKEN_INVALID,
  EXPIRED: TOKEN_EXPIRED,
};

const KEY_REFUSALS: Readonly<Record<ApiKeyProblem, CallerRefusal>> = {
  INVALID: unauthenticated('The API key is unknown or was revoked: create one in the settings of the shop'),
  EXPIRED: unauthenticated('The API key has expired: rotate the key in the settings of the shop'),
  ADDRESS: unauthenticated('The API key may not be used from this address: add the address to the key'),
  TOO_MANY: {
    code: 'RATE_LIMITED',
    message: 'This address has presented too many unknown API keys: wait a minute',
    status: 429,
    details: { limit: 'unknown-api-key', retryAfterSeconds: 60 },
  },
};

function unauthenticated(message: string): CallerRefusal {
  return { code: 'UNAUTHENTICATED', message, status: 401 };
}

const TOKEN_REVOKED: CallerRefusal = {
  code: 'UNAUTHENTICATED',
  message: 'The session of this access token has ended: sign in again',
  status: 401,
};
