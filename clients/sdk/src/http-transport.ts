import { answerOf, type Answer } from './answer.ts';
import type { ClientHeaders } from './client-headers.ts';
import type { OperationRequest } from './operation-request.ts';
import { SoukError } from './souk-error.ts';

/** A request for one attempt. A retry sends the request again unchanged. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: ClientHeaders;
  readonly operation: OperationRequest;
  readonly byGet: boolean;
  readonly signal: AbortSignal | null;
}

/** A GraphQL response with its HTTP status. */
export interface Received<Data> {
  readonly answer: Answer<Data>;
  readonly status: number;
}

/**
 * The header that the gateway requires on GET requests, as protection against CSRF. A cross-origin page can send this
 * header only after a CORS preflight.
 */
const PREFLIGHT = { 'apollo-require-preflight': 'true' };

/** Sends a request. @throws SoukError when there is no GraphQL response */
export async function send<Data>(fetchOf: typeof fetch, request: HttpRequest): Promise<Received<Data>> {
  const response = await responseOf(fetched(fetchOf, request), request.signal);
  const body: unknown = await response.json().catch(() => null);
  return { answer: answerOf<Data>(body, response.status), status: response.status };
}

function fetched(fetchOf: typeof fetch, { url, headers, operation, byGet, signal }: HttpRequest): Promise<Response> {
  const sent = { accept: 'application/graphql-response+json', ...headers };
  if (byGet) return fetchOf(`${url}?${search(operation)}`, { headers: { ...sent, ...PREFLIGHT }, signal });
  return fetchOf(url, {
    method: 'POST',
    headers: { ...sent, 'content-type': 'application/json' },
    body: JSON.stringify(operation),
    signal,
  });
}

/** Builds the query string in a fixed order, so that equal requests have equal URLs. */
function search({ operationName, variables, extensions }: OperationRequest): string {
  const params = new URLSearchParams({ operationName });
  if (Object.keys(variables).length > 0) params.set('variables', JSON.stringify(variables));
  params.set('extensions', JSON.stringify(extensions));
  return params.toString();
}

async function responseOf(response: Promise<Response>, signal: AbortSignal | null): Promise<Response> {
  try {
    return await response;
  } catch (cause) {
    if (signal?.aborted) throw cause; // The caller aborted the call, and gets its own reason.
    throw new SoukError('The server sent no response. Check the URL and the network.', {
      code: 'NETWORK_ERROR',
      cause,
    });
  }
}
