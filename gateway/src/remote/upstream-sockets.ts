import { Repeater, RepeaterOverflowError } from '@repeaterjs/repeater';
import type { ExecutionResult } from 'graphql';
import type { FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import type { SubgraphRequest } from '../execution/subgraph-transport.ts';
import { SubgraphUnavailableError } from '../execution/subgraph-unavailable.ts';
import { callerKey } from '../identity/caller-key.ts';
import { resultOf } from './graphql-reply.ts';
import { remoteHeaders } from './remote-headers.ts';
import type { RemoteSubgraphOptions } from './remote-options.ts';
import { UpstreamSocket } from './upstream-socket.ts';

/** The sockets to one subgraph, opened when they are needed. */
export class UpstreamSockets {
  readonly #options: RemoteSubgraphOptions;
  readonly #url: string;
  /** Without what may be secret in it. */
  readonly #address: string;
  readonly #sockets = new Map<string, UpstreamSocket>();

  constructor(options: RemoteSubgraphOptions) {
    this.#options = options;
    this.#url = options.sockets?.url ?? options.url.replace(/^http/, 'ws');
    const { protocol, host, pathname } = new URL(this.#url);
    this.#address = `${protocol}//${host}${pathname}`;
  }

  /** How many are open. */
  get size(): number {
    return this.#sockets.size;
  }

  /**
   * The events; `return()` ends them at once. Breaks of the socket are not seen, but for the events that came meanwhile, which
   * nobody can know.
   * @throws SubgraphUnavailableError out of `next()` when the subscription broke and could not be resumed.
   */
  subscribe(request: SubgraphRequest): AsyncIterable<ExecutionResult> {
    return new Repeater<ExecutionResult>(async (push, stop) => {
      const events = sinkOf(push, stop, (what, cause) => this.#lost(what, cause));
      const release = this.#socketOf(request).subscribe(this.#payloadOf(request), events);
      await stop;
      release();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sockets.values()].map((each) => each.close()));
    this.#sockets.clear();
  }

  #socketOf({ context }: SubgraphRequest): UpstreamSocket {
    const { name, logger, sockets = {}, headersOf = remoteHeaders, callerKeyOf = callerKey } = this.#options;
    const ofConnection = sockets.authority !== 'operation';
    const key = ofConnection ? callerKeyOf(context) : '';
    const known = this.#sockets.get(key);
    if (known) return known;
    const socket = new UpstreamSocket({
      pingMs: 10_000,
      attempts: 8,
      initialDelayMs: 200,
      maxDelayMs: 15_000,
      ...sockets,
      url: this.#url,
      name,
      logger,
      headers: () => (ofConnection ? headersOf(context) : {}),
      onIdle: () => this.#sockets.get(key) === socket && this.#sockets.delete(key),
    });
    this.#sockets.set(key, socket);
    return socket;
  }

  #payloadOf({ query, operationName, variables, context }: SubgraphRequest): SubscribePayload {
    const payload = { query, operationName, variables: { ...variables } };
    const { sockets, headersOf = remoteHeaders } = this.#options;
    if (sockets?.authority !== 'operation') return payload;
    // A getter: it is read again when the operation is sent again, after a signature may have become too old.
    const extensions = {
      get headers() {
        return headersOf(context);
      },
    };
    return { ...payload, extensions };
  }

  #lost(what: string, cause?: unknown): SubgraphUnavailableError {
    const { name, logger } = this.#options;
    const error = new SubgraphUnavailableError('STREAM_LOST', `a subscription to ${this.#address} ended: ${what}`, {
      cause,
    });
    logger.error({ err: error, service: name }, 'a subscription to a subgraph was lost');
    return error;
  }
}

/** Hands on what comes, and how it ends. */
function sinkOf(
  push: (event: ExecutionResult) => Promise<unknown>,
  stop: (error?: unknown) => void,
  lost: (what: string, cause?: unknown) => SubgraphUnavailableError,
): Sink<FormattedExecutionResult> {
  const next = (value: unknown) => {
    const event = resultOf(value);
    try {
      void (event ? push(event) : stop(lost('an event was no GraphQL result')));
    } catch (error) {
      if (!(error instanceof RepeaterOverflowError)) throw error;
      stop(lost('its events came faster than they could be completed'));
    }
  };
  const error = (problem: unknown) => {
    const refusal = Array.isArray(problem) ? resultOf({ errors: problem }) : null;
    if (!refusal) return stop(lost('its socket broke, and could not be replaced', problem));
    void push(refusal);
    return stop();
  };
  return { next, error, complete: () => stop() };
}
