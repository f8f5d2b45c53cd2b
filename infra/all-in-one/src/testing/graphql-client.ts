import { until } from '@souk/kit/testing';
import type { FormattedExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';

/** What the root fields of an answer hold. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes
export type Data = Record<string, any>;
export type Headers = Readonly<Record<string, string>>;

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly AnswerError[];
  readonly extensions: Data;
  readonly headers: globalThis.Headers;
}

interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Data;
}

/** What a subscriber was told, in order. */
export interface Subscription {
  readonly events: readonly Data[];
  readonly errors: readonly AnswerError[];
  /** Waits for an event. @throws Error when it does not come */
  next(matches: (event: Data) => boolean): Promise<Data>;
  close(): Promise<void>;
}

/** Sends GraphQL to one server as a browser or an app does. */
export interface GraphqlClient {
  run(query: string, variables?: Data, headers?: Headers): Promise<Answer>;
  /** The data of an operation that must succeed. @throws Error with its errors */
  data(query: string, variables?: Data, headers?: Headers): Promise<Data>;
  /** A request to `/graphql` of any shape. */
  send(request: RequestInit, search?: string): Promise<Answer>;
  /** Over graphql-transport-ws; `headers` go with `connection_init`. */
  subscribe(query: string, variables?: Data, headers?: Headers): Subscription;
}

/** @param url of the server, without a slash at the end. */
export function graphqlClient(url: string): GraphqlClient {
  const run: GraphqlClient['run'] = (query, variables = {}, headers = {}) =>
    send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
  return {
    run,
    async data(query, variables, headers) {
      const { data, errors } = await run(query, variables, headers);
      if (errors.length > 0 || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    send: (request, search) => send(url, request, search),
    subscribe: (query, variables = {}, headers = {}) => subscribe(url, query, variables, headers),
  };
}

async function send(url: string, request: RequestInit, search = ''): Promise<Answer> {
  const response = await fetch(`${url}/graphql${search}`, request);
  // Whatever the address is sent, it answers a GraphQL result; an answer that is none fails the test here.
  const { data = null, errors = [], extensions = {} } = (await response.json()) as FormattedExecutionResult;
  return {
    status: response.status,
    data,
    errors: errors.map((error) => ({ extensions: {}, ...error })),
    extensions,
    headers: response.headers,
  };
}

function subscribe(url: string, query: string, variables: Data, headers: Headers): Subscription {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: headers,
    retryAttempts: 0,
  });
  const events: Data[] = [];
  const errors: AnswerError[] = [];
  client.subscribe<Data>(
    { query, variables },
    {
      next: ({ data, errors: found }) => {
        if (data) events.push(data);
        errors.push(...(found ?? []).map((error) => ({ extensions: {}, ...error })));
      },
      error: (error) => void errors.push(...errorsOf(error)),
      complete: () => undefined,
    },
  );
  return {
    events,
    errors,
    next: (matches) => until(() => events.find(matches)),
    close: async () => client.dispose(),
  };
}

/** graphql-ws reports a list of GraphQL errors, the close event of a socket that was refused, or an error of the network. */
function errorsOf(error: unknown): AnswerError[] {
  if (Array.isArray(error)) return error.map((each: AnswerError) => each);
  if (error instanceof CloseEvent) return [{ message: error.reason, extensions: { closeCode: error.code } }];
  return [{ message: String(error), extensions: {} }];
}
