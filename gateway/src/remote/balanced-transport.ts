import type { ExecutionResult } from 'graphql';
import { type SubgraphRequest, SubgraphUnavailableError } from '@souk/engine/subgraphs';
import { httpTransport, type RemoteTransport } from './http-transport.ts';
import { OperationTexts } from './operation-text.ts';
import type { RemoteSubgraphOptions } from './remote-options.ts';
import { RoundRobin } from './round-robin.ts';
import { UpstreamSockets } from './upstream-sockets.ts';
import { FailureDetector } from './failure-detector.ts';

/** Options of a subgraph that runs as several processes without a balancer in front of them. */
export interface BalancedSubgraphOptions extends Omit<RemoteSubgraphOptions, 'url' | 'retries'> {
  /** The URLs of the processes. At least one is required. */
  readonly urls: readonly string[];
}

/** How long a process that did not answer gets no requests while another process is available, in milliseconds. */
const REST_MS = 1000;
/**
 * How long a process that announced its stop gets no requests, in milliseconds. A process stops serving within this
 * time. Without this pause, a connection could open while the process closes its port, and its request would be lost.
 */
const LEAVING_MS = 10_000;
/**
 * How long a process that refuses signed contexts is the last choice, in milliseconds. Its clock or its keys are wrong, and only an
 * operator can correct them.
 */
const REFUSING_MS = 10_000;

/**
 * Distributes requests over the processes of a subgraph. A query that a process does not answer goes to the next
 * process. A mutation goes to the next process only when the first process cannot have received the mutation. A process
 * that refuses signed contexts is the last choice. A silent process gets no requests until it answers. A subscription
 * that loses its process is opened again at another process.
 * @throws Error when `urls` is empty
 */
export function balancedTransport({ urls, ...options }: BalancedSubgraphOptions): RemoteTransport {
  const [only, ...others] = urls;
  if (only === undefined) throw new Error(`The subgraph "${options.name}" has no address. Add at least one URL.`);
  return others.length === 0 ? httpTransport({ ...options, url: only }) : new BalancedSubgraph(urls, options);
}

class BalancedSubgraph implements RemoteTransport {
  readonly #texts = new OperationTexts();
  readonly #replicas: readonly RemoteTransport[];
  readonly #roundRobin: RoundRobin;
  readonly #failureDetector: FailureDetector;
  readonly #sockets: UpstreamSockets;

  constructor(urls: readonly string[], options: Omit<RemoteSubgraphOptions, 'url'>) {
    const nowMs = () => performance.now();
    this.#roundRobin = new RoundRobin(urls.length, REST_MS, nowMs);
    this.#failureDetector = new FailureDetector(urls.length, nowMs);
    this.#replicas = urls.map((url, index) =>
      httpTransport({
        ...options,
        url,
        // Retries go to the next process, not to the same process.
        retries: { attempts: 0 },
        // The breaker opens only for a short time. A restarted process must serve again soon, because the next process may stop in a
        // rolling restart.
        breaker: options.breaker === null ? null : { ...options.breaker, openMs: REST_MS },
        onLeaving: () => this.#roundRobin.rest(index, LEAVING_MS),
      }),
    );
    let current = 0;
    const url = () => {
      current = this.#inTurn()[0] ?? 0;
      return (urls[current] ?? '').replace(/^http/, 'ws');
    };
    const leavesRefusing = (refusals: number) => {
      this.#roundRobin.rest(current, REFUSING_MS);
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

  /** Sends the request to the first process. When that process hangs or fails, also sends the request to another process. */
  async #ask(request: SubgraphRequest, [index = 0, ...others]: readonly number[]): Promise<ExecutionResult> {
    const answer = this.#askOne(request, index);
    if (others.length === 0) return answer;
    const { readsOnly } = this.#texts.read(request.query);
    // The request to the hanging process is not aborted, because the failure detector needs open requests to recognize a silent process.
    if (readsOnly && (await this.#failureDetector.hangs(index, answer)))
      return this.#askBeside(answer, request, others);
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof SubgraphUnavailableError)) throw error;
      if (!neverArrived(error) && !(readsOnly && hasTimeLeft(error))) throw error;
      return this.#ask(request, others);
    }
  }

  /** Sends the request also to other processes, and resolves with the first answer. */
  async #askBeside(
    answer: Promise<ExecutionResult>,
    request: SubgraphRequest,
    others: readonly number[],
  ): Promise<ExecutionResult> {
    const awake = others.filter((index) => !this.#failureDetector.isSilent(index));
    if (awake.length === 0) return answer;
    return Promise.any([answer, this.#ask(request, awake)]).catch(() => answer);
  }

  async #askOne(request: SubgraphRequest, index: number): Promise<ExecutionResult> {
    const replica = this.#replicas[index];
    if (!replica) throw new RangeError(`Unknown process index ${index}`);
    try {
      return await this.#failureDetector.over(index, () => replica.fetch(request));
    } catch (error) {
      if (error instanceof SubgraphUnavailableError) this.#roundRobin.rest(index, restOf(error));
      throw error;
    }
  }

  /**
   * The indexes of the processes in the order in which to try them. Silent processes come last, because new requests to them would hang
   * too.
   */
  #inTurn(): readonly number[] {
    const order = this.#roundRobin.order();
    const isSilent = (index: number) => this.#failureDetector.isSilent(index);
    return order.some(isSilent)
      ? order.toSorted((one, other) => Number(isSilent(one)) - Number(isSilent(other)))
      : order;
  }
}

/** Error codes of Node and undici for a connection that was never established. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether another process can still be tried before the deadline. A request that timed out has used the full deadline. */
function hasTimeLeft({ reason }: SubgraphUnavailableError): boolean {
  return reason !== 'TIMED_OUT';
}

function restOf({ reason }: SubgraphUnavailableError): number {
  return reason === 'REFUSED' ? REFUSING_MS : REST_MS;
}

/** Whether the request cannot have had an effect. Either no process has received it, or the process refused to run it. */
function neverArrived({ reason, cause }: SubgraphUnavailableError): boolean {
  if (reason === 'CIRCUIT_OPEN' || reason === 'REFUSED') return true;
  return cause instanceof Error && 'code' in cause && NO_CONNECTION.has(String(cause.code));
}
