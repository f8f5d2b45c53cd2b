import { answerOf, completeData, type Answer } from './answer.ts';
import { headersOf, type ClientHeaders, type HeaderSource } from './client-headers.ts';
import type { OperationDocument, VariablesArgument } from './operation-document.ts';
import { requestById, requestByText, wantsText, type OperationRequest } from './operation-request.ts';
import { SoukError } from './souk-error.ts';

/** Options of a client over HTTP. */
export interface HttpClientOptions {
  /** URL of the GraphQL endpoint: `https://shop.example/graphql`. */
  readonly url: string;
  /** Headers of every request. @default none */
  readonly headers?: HeaderSource;
  /** Sends queries by GET, so that browsers and CDNs can cache the responses. @default false */
  readonly queriesByGet?: boolean;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/** Options of a single call. */
export interface CallOptions {
  /** Headers for this call, in addition to the client's headers. */
  readonly headers?: ClientHeaders;
  /** Aborts the call. */
  readonly signal?: AbortSignal;
}

type HttpDocument<Data, Variables> = OperationDocument<'query' | 'mutation', Data, Variables>;
type Rest<Variables> = [...VariablesArgument<Variables>, options?: CallOptions];

/** Runs queries and mutations. */
export interface HttpClient {
  /**
   * Runs an operation.
   * @returns the data of a response without errors.
   * @throws SoukError for any other response, and when there is no response
   */
  run<Data, Variables>(document: HttpDocument<Data, Variables>, ...rest: Rest<Variables>): Promise<Data>;
  /** Runs an operation. @returns the response, even if it has errors. @throws SoukError when there is no GraphQL response */
  ask<Data, Variables>(document: HttpDocument<Data, Variables>, ...rest: Rest<Variables>): Promise<Answer<Data>>;
}

interface Received<Data> {
  readonly answer: Answer<Data>;
  readonly status: number;
}

/** Creates a client over HTTP. The client sends the id of an operation, and sends the text when the gateway does not know the id. */
export function createHttpClient(client: HttpClientOptions): HttpClient {
  const receive = async <Data>(
    document: HttpDocument<Data, never>,
    variables: object | undefined,
    options: CallOptions = {},
  ): Promise<Received<Data>> => {
    const byGet = client.queriesByGet === true && document.type === 'query';
    const byId = await send<Data>(client, requestById(document, variables), byGet, options);
    if (!wantsText(byId.answer.errors)) return byId;
    return send<Data>(client, requestByText(document, variables), false, options);
  };
  return {
    async run(document, ...rest) {
      const { answer, status } = await receive(document, ...sentWith(rest));
      return completeData(answer, status);
    },
    async ask(document, ...rest) {
      return (await receive(document, ...sentWith(rest))).answer;
    },
  };
}

/** Gives types to the optional arguments, because the compiler cannot infer them in a generic call. */
function sentWith(rest: readonly unknown[]): [variables: object | undefined, options: CallOptions | undefined] {
  return [rest[0] as object | undefined, rest[1] as CallOptions | undefined];
}

/** The header that the gateway requires of a GET, because a browser sends a GET without a CORS preflight (CSRF). */
const PREFLIGHT = { 'apollo-require-preflight': 'true' };

async function send<Data>(
  { url, headers = {}, fetch: fetchOf = fetch }: HttpClientOptions,
  request: OperationRequest,
  byGet: boolean,
  options: CallOptions,
): Promise<Received<Data>> {
  const sent = { accept: 'application/graphql-response+json', ...(await headersOf(headers)), ...options.headers };
  const signal = options.signal ?? null;
  const response = await responseOf(
    byGet
      ? fetchOf(`${url}?${search(request)}`, { headers: { ...sent, ...PREFLIGHT }, signal })
      : fetchOf(url, {
          method: 'POST',
          headers: { ...sent, 'content-type': 'application/json' },
          body: JSON.stringify(request),
          signal,
        }),
    options,
  );
  const body: unknown = await response.json().catch(() => null);
  return { answer: answerOf<Data>(body, response.status), status: response.status };
}

/** Builds the query string in a fixed order, so that equal requests have equal URLs. */
function search({ operationName, variables, extensions }: OperationRequest): string {
  const params = new URLSearchParams({ operationName });
  if (Object.keys(variables).length > 0) params.set('variables', JSON.stringify(variables));
  params.set('extensions', JSON.stringify(extensions));
  return params.toString();
}

async function responseOf(response: Promise<Response>, { signal }: CallOptions): Promise<Response> {
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
