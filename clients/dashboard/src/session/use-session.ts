import { useMemo, useSyncExternalStore } from 'react';
import { scopesOf, type Scope, type Session } from './session.ts';
import { currentSession, onSessionChange } from './session-store.ts';

/** The present session, or null. */
export function useSession(): Session | null {
  return useSyncExternalStore(onSessionChange, currentSession);
}

/** The scopes of the staff member. */
export function useScopes(): ReadonlySet<string> {
  const token = useSession()?.accessToken ?? '';
  return useMemo(() => scopesOf(token), [token]);
}

/** A function that answers whether the staff member has a scope. */
export function useMay(): (scope: Scope) => boolean {
  const scopes = useScopes();
  return (scope) => scopes.has(scope);
}
