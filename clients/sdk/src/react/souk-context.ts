import { createContext, createElement, useContext, useMemo, type ReactNode } from 'react';
import type { HttpClient } from '../http-client.ts';
import type { SubscriptionClient } from '../subscription-client.ts';

/** The clients that the hooks use. */
export interface SoukClients {
  readonly http: HttpClient;
  /** The client for subscriptions. @default none: `useSubscriptionOperation` throws */
  readonly live?: SubscriptionClient;
}

const SoukContext = createContext<SoukClients | null>(null);

export interface SoukProviderProps extends SoukClients {
  readonly children?: ReactNode;
}

/** Provides the clients to the hooks below it. It must be inside a `QueryClientProvider` of TanStack Query. */
export function SoukProvider({ children, http, live }: SoukProviderProps): ReactNode {
  const clients = useMemo(() => (live ? { http, live } : { http }), [http, live]);
  return createElement(SoukContext.Provider, { value: clients }, children);
}

/** Returns the clients of the nearest provider. @throws Error outside of a `SoukProvider` */
export function useSouk(): SoukClients {
  const clients = useContext(SoukContext);
  if (!clients) throw new Error('No SoukProvider is above this component. Wrap the app in <SoukProvider http={...}>.');
  return clients;
}
