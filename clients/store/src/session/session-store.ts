import { createSession, type SessionTokens } from '@souk/sdk';
import { useSyncExternalStore } from 'react';

const KEY = 'souk-store-session';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab has signed in or out.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

function readTokens(): SessionTokens | null {
  const text = localStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as SessionTokens);
}

/** Keeps the tokens of a login in this browser. Null: signed out. */
export function writeTokens(tokens: SessionTokens | null): void {
  if (tokens === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(tokens));
  for (const listener of listeners) listener();
}

/** The login of the customer. All tabs share it. */
export const session = createSession({
  url: new URL('/graphql', location.href).href,
  store: { read: readTokens, write: writeTokens },
});

/** Whether a customer is signed in. */
export function useSignedIn(): boolean {
  return useSyncExternalStore(subscribe, () => session.isLoggedIn);
}
