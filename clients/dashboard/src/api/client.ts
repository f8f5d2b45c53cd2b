import { createHttpClient, createSocketClient, SoukError, type HttpClient } from '@souk/sdk';
import { QueryClient } from '@tanstack/react-query';
import { forgetSession, sessionHeaders } from '../session/session-store.ts';

const RETRIES = 2;
const STALE_MS = 15_000;

/** The client of the API, with the session of the staff member. */
export const souk: HttpClient = createHttpClient({ url: '/graphql', headers: sessionHeaders });

/** The client for subscriptions, with the same session. */
export const sockets = createSocketClient({
  url: `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/graphql`,
  headers: sessionHeaders,
});

/** The responses that the dashboard remembers. A session that the server has ended leads to the sign-in page. */
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

/** Whether a repetition may succeed. The server refuses an invalid request again, but a missing or failed response may succeed later. */
function isWorthRetrying(error: Error): boolean {
  return !(error instanceof SoukError) || ['NETWORK_ERROR', 'SUBGRAPH_UNAVAILABLE'].includes(error.code);
}
