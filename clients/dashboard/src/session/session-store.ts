import {
  createHttpClient,
  InvitationAcceptDocument,
  LoginDocument,
  LogoutDocument,
  TokenRefreshDocument,
  type InvitationAcceptInput,
  type LoginMutation,
} from '@souk/sdk';
import { isFresh, sessionOf, type Session } from './session.ts';

const KEY = 'souk-dashboard-session';
const LOCK = 'souk-dashboard-refresh';

const anonymous = createHttpClient({ url: '/graphql' });
const listeners = new Set<() => void>();
let current = readStored();

/** Another tab has renewed the token or signed out. */
window.addEventListener('storage', ({ key }) => {
  if (key === KEY) adopt(readStored());
});

/** The present session, or null. */
export function currentSession(): Session | null {
  return current;
}

/** Calls `listener` after each change of the session. @returns a function that ends the calls */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type LoginError = NonNullable<LoginMutation['login']>['userErrors'][number];

/** Signs in. @returns the refusal, or null after a success. @throws SoukError without a response */
export async function signIn(email: string, password: string): Promise<LoginError | null> {
  const { login } = await anonymous.run(LoginDocument, { input: { email, password } });
  const session = login && sessionOf(login);
  if (session) store(session);
  return login?.userErrors[0] ?? null;
}

/** Accepts an invitation, and signs in. @returns the refusal, or null after a success. @throws SoukError without a response */
export async function acceptInvitation(input: InvitationAcceptInput): Promise<LoginError | null> {
  const { invitationAccept } = await anonymous.run(InvitationAcceptDocument, { input });
  const session = invitationAccept && sessionOf(invitationAccept);
  if (session) store(session);
  return invitationAccept?.userErrors[0] ?? null;
}

/** Ends the session here at once, and at the server as soon as it answers. */
export async function signOut(): Promise<void> {
  const session = current;
  store(null);
  if (session) await anonymous.ask(LogoutDocument, { input: { refreshToken: session.refreshToken } }).catch(() => null);
}

/** Headers with a valid access token. Renews the token when it is about to expire, once for all tabs. */
export async function sessionHeaders(): Promise<Readonly<Record<string, string>>> {
  const session = current && (isFresh(current, Date.now()) ? current : await renewed());
  return session ? { authorization: `Bearer ${session.accessToken}` } : {};
}

function renewed(): Promise<Session | null> {
  // Browsers have locks on HTTPS and on loopback only. Elsewhere two tabs may renew at once, which the server accepts for 10 seconds.
  return 'locks' in navigator ? navigator.locks.request(LOCK, renew) : renew();
}

async function renew(): Promise<Session | null> {
  const latest = readStored();
  if (latest === null || isFresh(latest, Date.now())) return adopt(latest);
  const input = { refreshToken: latest.refreshToken };
  const { tokenRefresh } = await anonymous.run(TokenRefreshDocument, { input });
  return store(tokenRefresh && sessionOf(tokenRefresh));
}

/** Forgets a session that the server has ended. */
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
  // Only `store` writes this key.
  return text === null ? null : (JSON.parse(text) as Session);
}
