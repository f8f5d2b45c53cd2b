import {
  createHttpClient,
  EmailConfirmDocument,
  InvitationAcceptDocument,
  LoginDocument,
  LoginVerifyDocument,
  LogoutDocument,
  TokenRefreshDocument,
  type InvitationAcceptInput,
  type LoginMutation,
} from '@souk/sdk';
import { isFresh, loginStepOf, sessionOf, type LoginStep, type Session } from './session.ts';

const KEY = 'souk-dashboard-session';
const LOCK = 'souk-dashboard-refresh';

const anonymous = createHttpClient({ url: '/graphql' });
const listeners = new Set<() => void>();
let current = readStored();

/** Adopts the session when another tab has renewed the token or signed out. */
window.addEventListener('storage', ({ key }) => {
  if (key === KEY) adopt(readStored());
});

/** The session of the signed-in user. Null after a sign-out. */
export function currentSession(): Session | null {
  return current;
}

/** Calls `listener` after each change of the session. @returns a function that unsubscribes */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A user error of a login. */
export type LoginError = NonNullable<LoginMutation['login']>['userErrors'][number];

/**
 * Signs in with a password. An account with an authenticator app needs a code too: see `verifyCode`.
 * @returns the next step of the login
 * @throws SoukError when there is no response
 */
export async function signIn(email: string, password: string): Promise<LoginStep<LoginError>> {
  const { login } = await anonymous.run(LoginDocument, { input: { email, password } });
  return taken(loginStepOf<LoginError>(login));
}

/**
 * Completes a login with a code of the authenticator app or a recovery code.
 * @param challenge the token of the challenge that `signIn` returned
 * @returns the next step of the login
 * @throws SoukError when there is no response
 */
export async function verifyCode(challenge: string, code: string): Promise<LoginStep<LoginError>> {
  const { loginVerify } = await anonymous.run(LoginVerifyDocument, { input: { challenge, code } });
  return taken(loginStepOf<LoginError>(loginVerify));
}

function taken(step: LoginStep<LoginError>): LoginStep<LoginError> {
  if (step.kind === 'signedIn') store(step.session);
  return step;
}

/**
 * Accepts an invitation, and signs in.
 * @returns the user error, or null after a success.
 * @throws SoukError when there is no response
 */
export async function acceptInvitation(input: InvitationAcceptInput): Promise<LoginError | null> {
  const { invitationAccept } = await anonymous.run(InvitationAcceptDocument, { input });
  const session = invitationAccept && sessionOf(invitationAccept);
  if (session) store(session);
  return invitationAccept?.userErrors[0] ?? null;
}

/**
 * Proves the email address of the owner of a new shop.
 * @returns the user error, or null after a success.
 * @throws SoukError when there is no response
 */
export async function confirmEmail(token: string): Promise<LoginError | null> {
  const { emailConfirm } = await anonymous.run(EmailConfirmDocument, { input: { token } });
  return emailConfirm?.userErrors[0] ?? null;
}

/** Signs out in this browser immediately, and then ends the session at the server. */
export async function signOut(): Promise<void> {
  const session = current;
  store(null);
  if (session) await anonymous.ask(LogoutDocument, { input: { refreshToken: session.refreshToken } }).catch(() => null);
}

/**
 * The authorization header with a valid access token. A token that is about to expire is renewed first, by one of the
 * open tabs.
 */
export async function sessionHeaders(): Promise<Readonly<Record<string, string>>> {
  const session = current && (isFresh(current, Date.now()) ? current : await renewed());
  return session ? { authorization: `Bearer ${session.accessToken}` } : {};
}

function renewed(): Promise<Session | null> {
  // The Web Locks API exists only on HTTPS and on localhost. Elsewhere two tabs may renew with the same token, which
  // the server allows for 10 seconds.
  return 'locks' in navigator ? navigator.locks.request(LOCK, renew) : renew();
}

async function renew(): Promise<Session | null> {
  const latest = readStored();
  if (latest === null || isFresh(latest, Date.now())) return adopt(latest);
  const input = { refreshToken: latest.refreshToken };
  const { tokenRefresh } = await anonymous.run(TokenRefreshDocument, { input });
  return store(tokenRefresh && sessionOf(tokenRefresh));
}

/** Removes the stored session after the server has ended it. */
export function forgetSession(): void {
  store(null);
}

function store(session: Session | null): Session | null {
  if (session) localStorage.setItem(KEY, JSON.stringify(session));
  else localStorage.removeItem(KEY);
  return adopt(session);
}

function adopt(session: Session | null): Session | null {
  current = session;
  for (const listener of listeners) listener();
  return session;
}

function readStored(): Session | null {
  const text = localStorage.getItem(KEY);
  // The cast is safe, because only `store` writes this key.
  return text === null ? null : (JSON.parse(text) as Session);
}
