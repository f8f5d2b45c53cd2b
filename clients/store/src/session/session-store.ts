import { createSession, type SessionTokens } from '@souk/sdk';
import { useSyncExternalStore } from 'react';
import { browserValue } from '../storage/browser-value.ts';

const kept = browserValue('souk-store-session');

function readTokens(): SessionTokens | null {
  const text = kept.read();
  return text === null ? null : (JSON.parse(text) as SessionTokens);
}

/** Stores the tokens of a login in this browser. Null signs out. */
export function writeTokens(tokens: SessionTokens | null): void {
  kept.write(tokens && JSON.stringify(tokens));
}

/** The session of the customer, which all tabs share. */
export const session = createSession({
  url: new URL('/graphql', location.href).href,
  store: { read: readTokens, write: writeTokens },
});

/** Returns whether a customer is signed in. A change renders the component again. */
export function useSignedIn(): boolean {
  return useSyncExternalStore(kept.subscribe, () => session.isLoggedIn);
}
