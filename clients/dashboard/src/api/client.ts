import { createHttpClient, createSocketClient, SoukError, type HttpClient } from '@souk/sdk';
import { QueryClient } from '@tanstack/react-query';
import { forgetSession, sessionHeaders } from '../session/session-store.ts';

const RETRIES = 2;
const STALE_MS = 15_000;

/** Client for queries and mutations. It sends the access token of the signed-in staff member. */
export const souk: HttpClient = createHttpClient({ url: '/graphql', headers: sessionHeaders });

/** Client for subscriptions. It sends the access token of the signed-in staff member. */
export const sockets = createSocketClient({
  url: `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/graphql`,
  headers: sessionHeaders,
});

/** The cache of responses. When a response shows that the session has ended, the sign-in page appears. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      retry: (failures, error) => isWorthRetrying(error) && failures < RETRIES,
      throwOnError: (error) => {
        if (error instanceof SoukError && error.code === 'UNAUTHENTICATED') forgetSession();
        return false;
      },
    },
  },
});

/**
 * Whether another attempt may succeed. A missing response or a failed subgraph may recover, but an invalid request
 * stays invalid.
 */
function isWorthRetrying(error: Error): boolean {
  return !(error instanceof SoukError) || ['NETWORK_ERROR', 'SUBGRAPH_UNAVAILABLE'].includes(error.code);
}
