import { createHttpClient, SoukError } from '@souk/sdk';
import { session } from '../session/session-store.ts';
import { QueryClient } from '@tanstack/react-query';
import { chosenLanguage } from '../i18n/language.ts';

const STALE_MS = 60_000;
/** The GraphQL endpoint of the shop whose host serves this page. */
export const url = new URL('/graphql', location.href).href;

/**
 * The headers of every request. The API returns names and descriptions in the language of the store, and the prices of the customer who is signed
 * in.
 */
export const headers = async () => ({ 'accept-language': chosenLanguage(), ...(await session.headers()) });

/** The API of the shop. Queries are sent by GET, so that browsers and CDNs can cache the catalog. */
export const http = createHttpClient({ url, headers, queriesByGet: true });

/** The responses that the store remembers. */
export const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: STALE_MS } } });

/** Returns whether the network failed, so that the server did not answer. */
export function isOffline(error: unknown): boolean {
  return error instanceof SoukError && error.code === 'NETWORK_ERROR';
}
