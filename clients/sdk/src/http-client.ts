import { completeData, type Answer } from './answer.ts';
import { headersOf, type ClientHeaders, type HeaderSource } from './client-headers.ts';
import { isRepeatable, retried } from './http-retry.ts';
import { send, type Received } from './http-transport.ts';
import { randomKey, withIdempotencyKey } from './idempotency-key.ts';
import type { OperationDocument, VariablesArgument } from './operation-document.ts';
import { requestById, requestByText, wantsText, type OperationRequest } from './operation-request.ts';
import type { Session } from './session.ts';

/** Options of a client over HTTP. */
export interface HttpClientOptions {
  /** URL of the GraphQL endpoint: `https://shop.example/graphql`. */
  readonly url: string;
  readonly headers?: HeaderSource;
  /** Sends the access token of this session, and renews it. @default no login */
  readonly session?: Session;
  /** Sends queries by GET. Browsers and CDNs can cache the responses. @default false */
  readonly queriesByGet?: boolean;
  /**
   * The number of further attempts when a request has no response, or has the status 502, 503 or 504. Mutations run
   * once, because each attempt has the same idempotency key. A mutation without a key, such as `Login`, is sent once.
   * @default 2
   */
  readonly retryAttempts?: number;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/** Options of a single call. */
export interface CallOptions {
  /** Headers for this call, in addition to the client's headers. */
  readonly headers?: ClientHeaders;
  readonly signal?: AbortSignal;
}

type HttpDocument<Data, Variables> = OperationDocument<'query' | 'mutation', Data, Variables>;
/** The arguments of a call after its document: the variables and the options. */
export type CallArguments<Variables> = [...VariablesArgument<Variables>, options?: CallOptions | undefined];

/** Runs queries and mutations. */
export interface HttpClient {
  /**
   * Runs an operation.
   * @returns the data of a response without errors
   * @throws SoukError when the response has errors, or when there is no response
   */
  run<Data, Variables>(document: HttpDocument<Data, Variables>, ...rest: CallArguments<Variables>): Promise<Data>;
  /** Runs an operation. @returns the response, also with errors @throws SoukError when there is no GraphQL response */
  ask<Data, Variables>(
    document: HttpDocument<Data, Variables>,
    ...rest: CallArguments<Variables>
  ): Promise<Answer<Data>>;
}

const RETRY_ATTEMPTS = 2;
/** The HTTP status for an invalid token. A missing token leads to a GraphQL error instead. */
const UNAUTHORIZED = 401;

/**
 * Creates a client over HTTP. The client sends the id of an operation. It sends the text when the gateway does not know
 * the id.
 */
export function createHttpClient(client: HttpClientOptions): HttpClient {
  const receive = async <Data>(
    document: HttpDocument<Data, never>,
    variables: object = {},
    options: CallOptions = {},
  ): Promise<Received<Data>> => {
    const call = new HttpCall<Data>(client, document, withIdempotencyKey(document, variables, randomKey), options);
    const received = await call.send();
    if (!client.session || received.status !== UNAUTHORIZED) return received;
    // The gateway refused the token and did not run the operation, so a second attempt is safe.
    await client.session.renew();
    return call.send();
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

/** Types the optional arguments. The compiler cannot infer them in a generic call. */
function sentWith(rest: readonly unknown[]): [variables: object | undefined, options: CallOptions | undefined] {
  return [rest[0] as object | undefined, rest[1] as CallOptions | undefined];
}

/**
 * One call of an operation, which may take several requests. Every request has the same variables and idempotency key.
 */
class HttpCall<Data> {
  readonly #client: HttpClientOptions;
  readonly #document: HttpDocument<Data, never>;
  readonly #variables: object;
  readonly #options: CallOptions;

  constructor(client: HttpClientOptions, document: HttpDocument<Data, never>, variables: object, options: CallOptions) {
    this.#client = client;
    this.#document = document;
    this.#variables = variables;
    this.#options = options;
  }

  async send(): Promise<Received<Data>> {
    const byGet = this.#client.queriesByGet === true && this.#document.type === 'query';
    const byId = await this.#received(requestById(this.#document, this.#variables), byGet);
    if (!wantsText(byId.answer.errors)) return byId;
    return this.#received(requestByText(this.#document, this.#variables), false);
  }

  #received(operation: OperationRequest, byGet: boolean): Promise<Received<Data>> {
    const { url, retryAttempts = RETRY_ATTEMPTS, fetch: fetchOf = fetch } = this.#client;
    const { signal = null } = this.#options;
    const attempts = isRepeatable(this.#document) ? retryAttempts : 0;
    const sendOnce = async () => send<Data>(fetchOf, { url, headers: await this.#headers(), operation, byGet, signal });
    return retried(sendOnce, attempts, signal);
  }

  async #headers(): Promise<ClientHeaders> {
    const { headers = {}, session } = this.#client;
    return { ...(await session?.headers()), ...(await headersOf(headers)), ...this.#options.headers };
  }
}
