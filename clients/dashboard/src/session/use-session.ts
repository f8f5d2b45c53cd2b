import { useMemo, useSyncExternalStore } from 'react';
import { scopesOf, type Scope, type Session } from './session.ts';
import { currentSession, onSessionChange } from './session-store.ts';

/** The current session. Null without a login. A change renders the component again. */
export function useSession(): Session | null {
  return useSyncExternalStore(onSessionChange, currentSession);
}

/** The scopes of the signed-in staff member. */
export function useScopes(): ReadonlySet<string> {
  const token = useSession()?.accessToken ?? '';
  return useMemo(() => scopesOf(token), [token]);
}

/** Returns a function that checks whether the staff member has a scope. */
export function useMay(): (scope: Scope) => boolean {
  const scopes = useScopes();
  return (scope) => scopes.has(scope);
}
