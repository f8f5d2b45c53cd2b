/** The tokens and the user of a signed-in staff member. */
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

/** The scopes of staff. `docs/scopes.md` explains each. */
export type Scope =
  | 'catalog:write'
  | 'stock:read'
  | 'stock:write'
  | 'orders:read'
  | 'orders:write'
  | 'customers:read'
  | 'invoices:read'
  | 'invoices:write'
  | 'settings:write'
  | 'api-keys:read'
  | 'api-keys:write'
  | 'users:read'
  | 'users:write'
  | 'payments:read'
  | 'promotions:read'
  | 'promotions:write'
  | 'reviews:read'
  | 'reviews:write'
  | 'payments:write';

/** A token is renewed when it expires in less than this time. */
const RENEW_BEFORE_MS = 60_000;

/** The fields of a login response that make a session. */
export interface LoginFields {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly expiresAt: string | null;
  readonly user: Session['user'] | null;
}

/** Makes a session from a login response. Null when the login was refused. */
export function sessionOf({ accessToken, refreshToken, expiresAt, user }: LoginFields): Session | null {
  return accessToken && refreshToken && expiresAt && user ? { accessToken, refreshToken, expiresAt, user } : null;
}

/** The result of a password or a code: a session, a challenge that a code answers, or a refusal. */
export type LoginStep<Refusal> =
  | { readonly kind: 'signedIn'; readonly session: Session }
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal | null };

interface LoginAnswer<Refusal> extends LoginFields {
  readonly challenge?: { readonly token: string } | null;
  readonly userErrors: readonly Refusal[];
}

/** Reads the next step of a login from its response. */
export function loginStepOf<Refusal>(answer: LoginAnswer<Refusal> | null): LoginStep<Refusal> {
  const session = answer && sessionOf(answer);
  if (session) return { kind: 'signedIn', session };
  if (answer?.challenge) return { kind: 'challenge', challenge: answer.challenge.token };
  return { kind: 'refused', refusal: answer?.userErrors[0] ?? null };
}

/** Whether the access token is valid for at least another minute. @param now in milliseconds since 1970 */
export function isFresh({ expiresAt }: Session, now: number): boolean {
  return Date.parse(expiresAt) - now > RENEW_BEFORE_MS;
}

/**
 * Reads the scopes in an access token (a JWT). The scopes only decide which pages the dashboard shows. The server
 * authorizes every request. Empty when the token cannot be parsed.
 */
export function scopesOf(accessToken: string): ReadonlySet<string> {
  const { scope } = claimsOf(accessToken);
  return new Set(typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : []);
}

/** Reads the session id in an access token (a JWT). Null when the token cannot be parsed. */
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
