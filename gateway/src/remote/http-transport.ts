import type { ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import type { SubgraphRequest, SubgraphTransport } from '@souk/engine/subgraphs';
import { callerKey } from '../identity/caller-key.ts';
import { SingleFlight } from './single-flight.ts';
import { readGraphqlReply } from './graphql-reply.ts';
import { exchange } from './http-exchange.ts';
import { bodyOf, OperationTexts } from './operation-text.ts';
import { OutageLog } from './outage-log.ts';
import { remoteHeaders } from './remote-headers.ts';
import type { RemoteSubgraphOptions } from './remote-options.ts';
import { Resilience } from './resilience.ts';
import { UpstreamSockets } from './upstream-sockets.ts';

/** A transport that holds connections until `close()`. */
export interface RemoteTransport extends SubgraphTransport {
  close(): Promise<void>;
}

/** Headers of every request (GraphQL over HTTP, section "Media Types"). */
const OWN_HEADERS = [
  'content-type',
  'application/json',
  'accept',
  'application/graphql-response+json, application/json;q=0.9',
];

/**
 * Calls a subgraph over HTTP, and over graphql-transport-ws for subscriptions. Does not open a connection before the
 * first request.
 */
export function httpTransport(options: RemoteSubgraphOptions): RemoteTransport {
  const http = new HttpSubgraph(options);
  const sockets = new UpstreamSockets(options);
  return {
    fetch: (request) => http.fetch(request),
    subscribe: async (request) => sockets.subscribe(request),
    close: async () => {
      await Promise.all([http.close(), sockets.close()]);
    },
  };
}

const MIB = 1024 * 1024;

/**
 * How long an idle connection stays open, in milliseconds. A stopping server continues to serve for a longer time. Idle
 * connections therefore expire before the server closes them, and no request is lost. A busy connection receives
 * `Connection: close`.
 */
const IDLE_MS = 4000;

class HttpSubgraph {
  readonly #options: RemoteSubgraphOptions;
  readonly #path: string;
  /** The subgraph's URL without credentials and query, for messages. */
  readonly #address: string;
  readonly #pool: Pool;
  readonly #texts = new OperationTexts();
  readonly #singleFlight = new SingleFlight<ExecutionResult>();
  readonly #resilience: Resilience;

  constructor(options: RemoteSubgraphOptions) {
    const { origin, pathname, search } = new URL(options.url);
    this.#options = options;
    this.#path = `${pathname}${search}`;
    this.#address = `${origin}${pathname}`;
    this.#pool = new Pool(origin, {
      connections: options.connections ?? 128,
      pipelining: 1,
      connect: { timeout: options.connectTimeoutMs ?? 2000 },
      keepAliveMaxTimeout: IDLE_MS,
      // undici's own timeouts are off, because `exchange` has a deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: options.maxAnswerBytes ?? 64 * MIB,
    });
    this.#resilience = new Resilience(this.#address, options, new OutageLog(options.name, options.logger));
  }

  fetch({ query, operationName, variables, context, trace }: SubgraphRequest): Promise<ExecutionResult> {
    const { shareQueries = true, callerKeyOf = callerKey } = this.#options;
    const text = this.#texts.read(query);
    const body = bodyOf(text, operationName, variables);
    const ask = () =>
      this.#resilience.run(text.readsOnly, () => this.#post(body, trace ? { ...context, trace } : context));
    if (!text.readsOnly) return this.#write(ask);
    return shareQueries ? this.#singleFlight.join(`${callerKeyOf(context)}\n${body}`, ask) : ask();
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /**
   * Sends a mutation. A query that starts after the mutation must not share the answer of an earlier query, because the
   * earlier answer may be stale.
   */
  async #write(ask: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
    try {
      return await ask();
    } finally {
      this.#singleFlight.seal();
    }
  }

  async #post(body: string, context: SubgraphRequest['context']): Promise<ExecutionResult> {
    const { headersOf = remoteHeaders, timeoutMs = 30_000, onLeaving, sockets } = this.#options;
    const headers = OWN_HEADERS.slice();
    for (const [name, value] of Object.entries(headersOf(context))) headers.push(name, value);
    const question = { path: this.#path, headers, body, timeoutMs, address: this.#address };
    const reply = await exchange(this.#pool, question);
    if (reply.isLeaving) onLeaving?.();
    return readGraphqlReply(reply, this.#address, sockets?.authority === 'operation');
  }
}
