import { answerOf, completeData, type Answer } from './answer.ts';
import { headersOf, type ClientHeaders, type HeaderSource } from './client-headers.ts';
import type { OperationDocument, VariablesArgument } from './operation-document.ts';
import { requestById, requestByText, wantsText, type OperationRequest } from './operation-request.ts';
import { SoukError } from './souk-error.ts';

/** How to reach Souk over HTTP. */
export interface HttpClientOptions {
  /** Of the GraphQL endpoint: `https://shop.example/graphql`. */
  readonly url: string;
  /** Sent with every request. Default: none. */
  readonly headers?: HeaderSource;
  /** Sends queries by GET, so that browsers and CDNs can keep the answers. Default: false. */
  readonly queriesByGet?: boolean;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

/** What one call may have of its own. */
export interface CallOptions {
  /** Added to those of the client. */
  readonly headers?: ClientHeaders;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

type HttpDocument<Data, Variables> = OperationDocument<'query' | 'mutation', Data, Variables>;
type Rest<Variables> = [...VariablesArgument<Variables>, options?: CallOptions];

/** Runs queries and mutations. */
export interface HttpClient {
  /** The data of an answer without errors. @throws SoukError when there is none */
  run<Data, Variables>(document: HttpDocument<Data, Variables>, ...rest: Rest<Variables>): Promise<Data>;
  /** The whole answer, where a part of the data is enough. @throws SoukError when nobody answered */
  ask<Data, Variables>(document: HttpDocument<Data, Variables>, ...rest: Rest<Variables>): Promise<Answer<Data>>;
}

interface Received<Data> {
  readonly answer: Answer<Data>;
  readonly status: number;
}

/** Operations are sent by id, and by text where the gateway does not know the id (yet). */
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

/** The compiler cannot tell the optional arguments of a generic call apart. */
function sentWith(rest: readonly unknown[]): [variables: object | undefined, options: CallOptions | undefined] {
  return [rest[0] as object | undefined, rest[1] as CallOptions | undefined];
}

/** GETs have no body type that would make browsers ask first, so that the gateway wants this (CSRF). */
const PREFLIGHT = { 'apollo-require-preflight': 'true' };

async function send<Data>(
  { url, headers = {}, fetch: fetchOf = fetch }: HttpClientOptions,
  request: OperationRequest,
  byGet: boolean,
  options: CallOptions,
): Promise<Received<Data>> {
  const sent = { accept: 'application/graphql-response+json', ...(await headersOf(headers)), ...options.headers };
  const signal = options.signal ?? null;
  const response = await reached(
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

/** In one order, so that equal requests have one address. */
function search({ operationName, variables, extensions }: OperationRequest): string {
  const params = new URLSearchParams({ operationName });
  if (Object.keys(variables).length > 0) params.set('variables', JSON.stringify(variables));
  params.set('extensions', JSON.stringify(extensions));
  return params.toString();
}

async function reached(response: Promise<Response>, { signal }: CallOptions): Promise<Response> {
  try {
    return await response;
  } catch (cause) {
    if (signal?.aborted) throw cause; // who ends a call knows why
    throw new SoukError('Nobody answered: is the address right, and the network up?', { code: 'NETWORK_ERROR', cause });
  }
}
