import type { ExecutionResult } from 'graphql';
import { type SubgraphRequest, SubgraphUnavailableError } from '@souk/engine/subgraphs';
import { httpTransport, type RemoteTransport } from './http-transport.ts';
import { OperationTexts } from './operation-text.ts';
import type { RemoteSubgraphOptions } from './remote-options.ts';
import { Rotation } from './rotation.ts';
import { UpstreamSockets } from './upstream-sockets.ts';
import { Vigil } from './vigil.ts';

/** A subgraph of which several processes run, and no balancer in front of them. */
export interface BalancedSubgraphOptions extends Omit<RemoteSubgraphOptions, 'url' | 'retries'> {
  /** Of the processes; one or more. */
  readonly urls: readonly string[];
}

/** How long a process that did not answer gets no requests, as long as another does. */
const REST_MS = 1000;
/**
 * How long one that is about to stop gets none: longer than it goes on serving. A connection that is made in the moment in which it
 * closes its port is reset with the request on it.
 */
const LEAVING_MS = 10_000;
/** How long one that refuses signed contexts is asked last: an operator has to set its clock, or give it other keys. */
const REFUSING_MS = 10_000;

/**
 * Calls the processes of a subgraph in turn. A query that one does not answer goes to the next, also when it only hangs; a mutation does
 * so when it cannot have arrived. One that refuses signed contexts is asked last. One that owes answers and gives none gets no more until it does. Subscriptions that lose their process
 * are subscribed anew at another.
 */
export function balancedTransport({ urls, ...options }: BalancedSubgraphOptions): RemoteTransport {
  const [only, ...others] = urls;
  if (only === undefined) throw new Error(`There is no address for the subgraph "${options.name}"`);
  return others.length === 0 ? httpTransport({ ...options, url: only }) : new BalancedSubgraph(urls, options);
}

class BalancedSubgraph implements RemoteTransport {
  readonly #texts = new OperationTexts();
  readonly #replicas: readonly RemoteTransport[];
  readonly #rotation: Rotation;
  readonly #vigil: Vigil;
  readonly #sockets: UpstreamSockets;

  constructor(urls: readonly string[], options: Omit<RemoteSubgraphOptions, 'url'>) {
    const nowMs = () => performance.now();
    this.#rotation = new Rotation(urls.length, REST_MS, nowMs);
    this.#vigil = new Vigil(urls.length, nowMs);
    this.#replicas = urls.map((url, index) =>
      httpTransport({
        ...options,
        url,
        // The next process is asked instead of the same one again.
        retries: { attempts: 0 },
        // One that was started again is needed at once: the next may be about to stop.
        breaker: options.breaker === null ? null : { ...options.breaker, openMs: REST_MS },
        onLeaving: () => this.#rotation.rest(index, LEAVING_MS),
      }),
    );
    let current = 0;
    const url = () => {
      current = this.#inTurn()[0] ?? 0;
      return (urls[current] ?? '').replace(/^http/, 'ws');
    };
    const leavesRefusing = (refusals: number) => {
      this.#rotation.rest(current, REFUSING_MS);
      return refusals < urls.length;
    };
    this.#sockets = new UpstreamSockets({ url: '', ...options, sockets: { ...options.sockets, url, leavesRefusing } });
  }

  fetch(request: SubgraphRequest): Promise<ExecutionResult> {
    return this.#ask(request, this.#inTurn());
  }

  async subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult>> {
    return this.#sockets.subscribe(request);
  }

  async close(): Promise<void> {
    await Promise.all([this.#sockets.close(), ...this.#replicas.map((each) => each.close())]);
  }

  /** Asks the first, and one of the others as well when that hangs, or fails. */
  async #ask(request: SubgraphRequest, [index = 0, ...others]: readonly number[]): Promise<ExecutionResult> {
    const answer = this.#askOne(request, index);
    if (others.length === 0) return answer;
    const { readsOnly } = this.#texts.read(request.query);
    // The one that hangs is not given up: as long as it owes this answer, it is seen to be silent.
    if (readsOnly && (await this.#vigil.hangs(index, answer))) return this.#askBeside(answer, request, others);
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof SubgraphUnavailableError)) throw error;
      if (!neverArrived(error) && !(readsOnly && hasTimeLeft(error))) throw error;
      return this.#ask(request, others);
    }
  }

  /** Whichever comes first. */
  async #askBeside(
    answer: Promise<ExecutionResult>,
    request: SubgraphRequest,
    others: readonly number[],
  ): Promise<ExecutionResult> {
    const awake = others.filter((index) => !this.#vigil.isSilent(index));
    if (awake.length === 0) return answer;
    return Promise.any([answer, this.#ask(request, awake)]).catch(() => answer);
  }

  async #askOne(request: SubgraphRequest, index: number): Promise<ExecutionResult> {
    const replica = this.#replicas[index];
    if (!replica) throw new RangeError(`There is no process ${index}`);
    try {
      return await this.#vigil.over(index, () => replica.fetch(request));
    } catch (error) {
      if (error instanceof SubgraphUnavailableError) this.#rotation.rest(index, restOf(error));
      throw error;
    }
  }

  /** In which order to try them. Those that are silent come last: what they were sent hangs, and what is sent to them would, too. */
  #inTurn(): readonly number[] {
    const order = this.#rotation.order();
    const isSilent = (index: number) => this.#vigil.isSilent(index);
    return order.some(isSilent)
      ? order.toSorted((one, other) => Number(isSilent(one)) - Number(isSilent(other)))
      : order;
  }
}

/** What Node and undici call it when no connection was made. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whoever was given all the time there is has used up everybody's. */
function hasTimeLeft({ reason }: SubgraphUnavailableError): boolean {
  return reason !== 'TIMED_OUT';
}

function restOf({ reason }: SubgraphUnavailableError): number {
  return reason === 'REFUSED' ? REFUSING_MS : REST_MS;
}

/** Whether the request cannot have had an effect: no process read it, or the one that did refused to run it. */
function neverArrived({ reason, cause }: SubgraphUnavailableError): boolean {
  if (reason === 'CIRCUIT_OPEN' || reason === 'REFUSED') return true;
  return cause instanceof Error && 'code' in cause && NO_CONNECTION.has(String(cause.code));
}
