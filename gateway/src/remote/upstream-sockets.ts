import { FixedBuffer, Repeater, RepeaterOverflowError } from '@repeaterjs/repeater';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { type SubgraphRequest, SubgraphUnavailableError } from '@souk/engine/subgraphs';
import { z } from 'zod';
import { callerKey } from '../identity/caller-key.ts';
import { resultOf } from './graphql-reply.ts';
import { remoteHeaders } from './remote-headers.ts';
import type { RemoteSubgraphOptions } from './remote-options.ts';
import { UpstreamSocket } from './upstream-socket.ts';

/**
 * The maximum number of events that wait for one subscriber. A resumed subscription receives all missed events in one burst, so the maximum
 * exceeds the number of events that a subgraph stores.
 */
const WAITING_EVENTS = 20_000;
/**
 * The maximum size of an operation with its variables when one socket serves all callers. A message of more than 1 MiB makes a subgraph
 * close the socket, which ends the subscriptions of all callers. The rest of the 1 MiB is for the signed context.
 */
const OPERATION_BYTES = 960 * 1024;

/** The sockets to one subgraph. Each socket is opened when it is first needed. */
export class UpstreamSockets {
  readonly #options: RemoteSubgraphOptions;
  readonly #url: string | (() => string);
  /** The subgraph's URL without credentials and query, or its name when the URL is a function. */
  readonly #address: string;
  readonly #sockets = new Map<string, UpstreamSocket>();

  constructor(options: RemoteSubgraphOptions) {
    this.#options = options;
    this.#url = options.sockets?.url ?? options.url.replace(/^http/, 'ws');
    this.#address = typeof this.#url === 'string' ? withoutSecrets(this.#url) : options.name;
  }

  get size(): number {
    return this.#sockets.size;
  }

  /**
   * The events and checkpoints of a subscription. `return()` ends the subscription immediately. The caller does not notice breaks of the
   * socket. If the subgraph's events have positions, the subscription continues after the last position, or ends when that is impossible.
   * If they have no positions, the events during the break are lost without an error.
   * @throws SubgraphUnavailableError from `next()` when the subscription broke and could not be resumed
   */
  subscribe(request: SubgraphRequest): AsyncIterable<ExecutionResult> {
    const hasPositions = this.#options.sockets?.authority === 'operation';
    if (hasPositions && bytesOf(request) > OPERATION_BYTES) return refusal(request);
    return new Repeater<ExecutionResult>(
      async (push, stop) => {
        const bookmark: Bookmark = { position: request.context.resumeAfter ?? null, hasPositions };
        const payload = this.#payloadOf(request, bookmark);
        const events = sinkOf(push, stop, bookmark, (what, cause) => this.#lost(what, cause));
        let release = () => {};
        const subscribe = (refusals: number) => {
          const socket = this.#socketOf(request);
          const error = (problem: unknown) => {
            if (!this.#leaves(problem, refusals)) return events.error(problem);
            const released = release;
            subscribe(refusals + 1); // first subscribe, then release: a socket without a subscription closes for good
            released();
            return socket.leave();
          };
          release = socket.subscribe(payload, { ...events, error });
        };
        subscribe(1);
        await stop;
        release();
      },
      hasPositions ? new FixedBuffer(WAITING_EVENTS) : undefined,
    );
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
      renewal: null,
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

  #payloadOf({ query, operationName, variables, context }: SubgraphRequest, bookmark: Bookmark): SubscribePayload {
    const payload = { query, operationName, variables: { ...variables } };
    const { sockets, headersOf = remoteHeaders } = this.#options;
    if (sockets?.authority !== 'operation') return payload;
    // The payload has a getter, because the client reads the payload for each attempt, and a signature may have expired
    // since the attempt before.
    const extensions = {
      get headers() {
        return headersOf(context);
      },
      resumable: true,
      get resumeAfter() {
        return bookmark.position ?? undefined;
      },
    };
    return { ...payload, extensions };
  }

  /** Whether to move to another process, because the connected process refuses the gateway's signed contexts. */
  #leaves(problem: unknown, refusals: number): boolean {
    const refused = refusedContext.safeParse(problem);
    if (!refused.success || !this.#options.sockets?.leavesRefusing?.(refusals)) return false;
    const { name, logger } = this.#options;
    logger.error(
      { service: name, problem: refused.data[0].message },
      "a subgraph's process refuses signed contexts, its subscriptions move to another process: compare its clock and CONTEXT_PUBLIC_KEYS_FILE with the gateway's",
    );
    return true;
  }

  #lost(what: string, cause?: unknown): SubgraphUnavailableError {
    const { name, logger } = this.#options;
    const error = new SubgraphUnavailableError('STREAM_LOST', `a subscription to ${this.#address} ended: ${what}`, {
      cause,
    });
    logger.error({ err: error, service: name }, 'a subscription to a subgraph was lost, its subscribers get an error');
    return error;
  }
}

/** The errors of a Souk subgraph that refuses the signed context of a `subscribe` message. */
const refusedContext = z.tuple([
  z.object({ message: z.string(), extensions: z.object({ reason: z.literal('CONTEXT_REFUSED') }) }),
]);

function bytesOf({ query, variables }: SubgraphRequest): number {
  return Buffer.byteLength(JSON.stringify({ query, variables }));
}

async function* refusal(request: SubgraphRequest): AsyncGenerator<ExecutionResult> {
  const message = `A subscription takes at most ${OPERATION_BYTES} bytes with its variables, not ${bytesOf(request)}`;
  yield { errors: [new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })] };
}

function withoutSecrets(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** The last received position of a subscription. The next connection continues after it. */
interface Bookmark {
  position: string | null;
  /** Whether `extensions.position` is a position. Other GraphQL servers may use the name for other data. */
  readonly hasPositions: boolean;
}

/** Returns a sink that forwards the events, the errors and the end of a subscription. */
function sinkOf(
  push: (event: ExecutionResult) => Promise<unknown>,
  stop: (error?: unknown) => void,
  bookmark: Bookmark,
  lost: (what: string, cause?: unknown) => SubgraphUnavailableError,
): Sink<FormattedExecutionResult> {
  const next = (value: FormattedExecutionResult) => {
    const position = bookmark.hasPositions ? value.extensions?.['position'] : undefined;
    if (typeof position === 'string') bookmark.position = position;
    const result = resultOf(value);
    const event = result && typeof position === 'string' ? { ...result, extensions: { position } } : result;
    try {
      void (event ? push(event) : stop(lost('an event was not a GraphQL result')));
    } catch (error) {
      if (!(error instanceof RepeaterOverflowError)) throw error;
      stop(lost('its events came faster than the gateway could complete them'));
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
