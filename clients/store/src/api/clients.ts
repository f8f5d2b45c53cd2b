import { createHttpClient, SoukError } from '@souk/sdk';
import { session } from '../session/session-store.ts';
import { QueryClient } from '@tanstack/react-query';
import { chosenLanguage } from '../i18n/language.ts';

const STALE_MS = 60_000;
/** The GraphQL endpoint of the shop whose host serves this page. */
export const url = new URL('/graphql', location.href).href;

/**
 * Returns the headers of a request. The language selects names and descriptions. The login selects the customer's
 * prices.
 */
export const headers = async () => ({ 'accept-language': chosenLanguage(), ...(await session.headers()) });

/** Client of the GraphQL API. Queries are sent by GET, and browsers and CDNs can cache the catalog. */
export const http = createHttpClient({ url, headers, queriesByGet: true });

/** The cache of responses. */
export const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: STALE_MS } } });

/** Returns whether a request failed without a response. */
export function isOffline(error: unknown): boolean {
  return error instanceof SoukError && error.code === 'NETWORK_ERROR';
}
