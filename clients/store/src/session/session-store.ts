import { createSession, type SessionTokens } from '@souk/sdk';
import { useSyncExternalStore } from 'react';
import { browserValue } from '../storage/browser-value.ts';

const kept = browserValue('souk-store-session');

function readTokens(): SessionTokens | null {
  const text = kept.read();
  return text === null ? null : (JSON.parse(text) as SessionTokens);
}

/** Keeps the tokens of a login in this browser. Null: signed out. */
export function writeTokens(tokens: SessionTokens | null): void {
  kept.write(tokens && JSON.stringify(tokens));
}

/** The login of the customer. All tabs share it. */
export const session = createSession({
  url: new URL('/graphql', location.href).href,
  store: { read: readTokens, write: writeTokens },
});

/** Whether a customer is signed in. */
export function useSignedIn(): boolean {
  return useSyncExternalStore(kept.subscribe, () => session.isLoggedIn);
}
