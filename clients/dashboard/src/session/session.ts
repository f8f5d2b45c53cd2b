/** A staff member's session. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** The time at which the access token expires (ISO 8601). */
  readonly expiresAt: string;
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly role: string;
    readonly tenant: { readonly id: string; readonly slug: string; readonly name: string } | null;
  };
}

/** The scopes of staff. `docs/scopes.md` lists what each allows. */
export type Scope =
  | 'catalog:write'
  | 'stock:read'
  | 'stock:write'
  | 'orders:read'
  | 'orders:write'
  | 'customers:read'
  | 'settings:write'
  | 'api-keys:read'
  | 'api-keys:write'
  | 'users:read'
  | 'users:write'
  | 'payments:read'
  | 'promotions:read'
  | 'promotions:write'
  | 'payments:write';

/** A token is renewed this long before it expires. */
const RENEW_BEFORE_MS = 60_000;

/** The fields of a login's payload. */
export interface LoginFields {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly expiresAt: string | null;
  readonly user: Session['user'] | null;
}

/** The session of a login's payload. Null for a refused login. */
export function sessionOf({ accessToken, refreshToken, expiresAt, user }: LoginFields): Session | null {
  return accessToken && refreshToken && expiresAt && user ? { accessToken, refreshToken, expiresAt, user } : null;
}

/** Whether the access token is valid for long enough. @param now in milliseconds since 1970 */
export function isFresh({ expiresAt }: Session, now: number): boolean {
  return Date.parse(expiresAt) - now > RENEW_BEFORE_MS;
}

/**
 * The scopes of an access token (a JWT). The scopes only decide which pages the dashboard shows, because the server checks every request.
 * Empty for a token that cannot be read.
 */
export function scopesOf(accessToken: string): ReadonlySet<string> {
  const { scope } = claimsOf(accessToken);
  return new Set(typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : []);
}

/** The id of the session of an access token. Null for a token that cannot be read. */
export function sessionIdOf(accessToken: string): string | null {
  const { sid } = claimsOf(accessToken);
  return typeof sid === 'string' ? sid : null;
}

function claimsOf(accessToken: string): Readonly<Record<string, unknown>> {
  const [, payload] = accessToken.split('.');
  try {
    const claims: unknown = JSON.parse(atob((payload ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
