import { until } from '@souk/kit/testing';
import type { FormattedExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';

/** The root fields of a response. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read responses of many shapes
export type Data = Record<string, any>;
export type Headers = Readonly<Record<string, string>>;

/** A response over HTTP. */
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

/** Events and errors that a subscriber received, in order. */
export interface Subscription {
  readonly events: readonly Data[];
  readonly errors: readonly AnswerError[];
  /** Waits for an event that fulfills the condition. @throws Error when no such event arrives */
  next(matches: (event: Data) => boolean): Promise<Data>;
  close(): Promise<void>;
}

/** Sends GraphQL to one server, as a browser or an app does. */
export interface GraphqlClient {
  run(query: string, variables?: Data, headers?: Headers): Promise<Answer>;
  /** Runs an operation that must succeed. @returns its data. @throws Error with the operation's errors */
  data(query: string, variables?: Data, headers?: Headers): Promise<Data>;
  /** Sends a request of any shape to `/graphql`. */
  send(request: RequestInit, search?: string): Promise<Answer>;
  /** Subscribes over graphql-transport-ws. The `headers` are the payload of `connection_init`. */
  subscribe(query: string, variables?: Data, headers?: Headers): Subscription;
}

/** @param url the URL of the server, without a slash at the end */
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
  // The cast is safe, because every response of /graphql is a GraphQL result. A response without JSON throws here.
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

/**
 * Converts the error of a failed subscription. graphql-ws reports a list of GraphQL errors, the close event of a refused socket, or a
 * network error.
 */
function errorsOf(error: unknown): AnswerError[] {
  if (Array.isArray(error)) return error.map((each: AnswerError) => each);
  if (error instanceof CloseEvent) return [{ message: error.reason, extensions: { closeCode: error.code } }];
  return [{ message: String(error), extensions: {} }];
}
