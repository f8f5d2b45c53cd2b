import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  noop,
  retry,
  wrap,
  type CircuitBreakerPolicy,
  type IPolicy,
} from 'cockatiel';
import { SubgraphUnavailableError, type UnavailableReason } from '@souk/engine/subgraphs';
import type { OutageLog } from './outage-log.ts';
import {
  DEFAULT_BREAKER,
  DEFAULT_RETRIES,
  type BreakerOptions,
  type RemoteSubgraphOptions,
  type RetryOptions,
} from './remote-options.ts';
import { RetryBudget } from './retry-budget.ts';

/** Reasons after which a retry may succeed. `TIMED_OUT` is missing, because such a request has used its full deadline. */
const WORTH_A_RETRY: ReadonlySet<UnavailableReason> = new Set(['UNREACHABLE', 'OVERLOADED', 'REFUSED']);

/** The number of available retries at the start, and the maximum number of saved retries. */
const SAVED_RETRIES = 10;

/**
 * Calls a subgraph that may be down. Retries when a retry is safe and within the budget. Fails immediately while the circuit breaker is
 * open.
 */
export class Resilience {
  readonly #address: string;
  readonly #outages: OutageLog;
  readonly #budget: RetryBudget;
  readonly #failures: ConsecutiveBreaker;
  readonly #breaker: CircuitBreakerPolicy | null;
  readonly #once: IPolicy;
  /**
   * The retry policy of mutations. A mutation is retried only when the subgraph has refused it before running it. A
   * load balancer may then choose another process.
   */
  readonly #onceTaken: IPolicy;
  readonly #repeatedly: IPolicy;

  constructor(
    address: string,
    { retries, breaker }: Pick<RemoteSubgraphOptions, 'retries' | 'breaker'>,
    outages: OutageLog,
  ) {
    const retryOptions = { ...DEFAULT_RETRIES, ...retries };
    const breakerOptions = { ...DEFAULT_BREAKER, ...breaker };
    this.#address = address;
    this.#outages = outages;
    this.#budget = new RetryBudget(retryOptions.budget, SAVED_RETRIES);
    this.#failures = new ConsecutiveBreaker(breakerOptions.failures);
    this.#breaker = breaker === null ? null : breakerOf(breakerOptions, this.#failures, outages);
    this.#once = this.#breaker ?? noop;
    this.#repeatedly = wrap(
      this.#retryOf(retryOptions, (reason) => WORTH_A_RETRY.has(reason)),
      this.#once,
    );
    this.#onceTaken = wrap(
      this.#retryOf(retryOptions, (reason) => reason === 'REFUSED'),
      this.#once,
    );
  }

  /**
   * Runs a request. Queries are retried when their connection fails.
   * @throws SubgraphUnavailableError, and every error that `ask` throws
   */
  run<Value>(readsOnly: boolean, ask: () => Promise<Value>): Promise<Value> {
    this.#budget.earn();
    const isClosed = this.#breaker === null || this.#breaker.state === CircuitState.Closed;
    return isClosed ? this.#straight(readsOnly, ask) : this.#guarded(readsOnly, ask);
  }

  /**
   * The fast path for a subgraph without failures. It skips the retry policy and the breaker. After the first failure
   * `#guarded` runs the request.
   */
  async #straight<Value>(readsOnly: boolean, ask: () => Promise<Value>): Promise<Value> {
    try {
      const value = await ask();
      this.#failures.success();
      this.#outages.answered();
      return value;
    } catch (error) {
      if (error instanceof SubgraphUnavailableError) return this.#guarded(readsOnly, firstFailing(error, ask));
      throw this.#failure(error);
    }
  }

  async #guarded<Value>(readsOnly: boolean, ask: () => Promise<Value>): Promise<Value> {
    try {
      const value = await (readsOnly ? this.#repeatedly : this.#onceTaken).execute(ask);
      this.#outages.answered();
      return value;
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #failure(error: unknown): unknown {
    if (error instanceof BrokenCircuitError) {
      return new SubgraphUnavailableError(
        'CIRCUIT_OPEN',
        `${this.#address} failed repeatedly and gets no requests for a while`,
        {
          cause: error,
        },
      );
    }
    if (error instanceof SubgraphUnavailableError) this.#outages.failed(error);
    else this.#outages.answered();
    return error;
  }

  #retryOf(
    { attempts, initialDelayMs, maxDelayMs }: RetryOptions,
    isWorthIt: (reason: UnavailableReason) => boolean,
  ): IPolicy {
    const again = (error: unknown) =>
      error instanceof SubgraphUnavailableError && isWorthIt(error.reason) && this.#budget.spend();
    const backoff = new ExponentialBackoff({ initialDelay: initialDelayMs, maxDelay: maxDelayMs }); // decorrelated jitter
    return retry(handleWhen(again), { maxAttempts: attempts, backoff });
  }
}

/**
 * Throws the given error on the first call, and calls `ask` on later calls. The retry policy and the breaker therefore
 * count the first attempt, which failed earlier.
 */
function firstFailing<Value>(error: unknown, ask: () => Promise<Value>): () => Promise<Value> {
  let asked = false;
  return () => {
    if (asked) return ask();
    asked = true;
    return Promise.reject(error);
  };
}

function breakerOf(
  { failures, openMs }: BreakerOptions,
  inARow: ConsecutiveBreaker,
  outages: OutageLog,
): CircuitBreakerPolicy {
  // A refusal arrives immediately and costs nothing, so the breaker stays closed. Further requests show when the
  // process has been repaired.
  const unavailable = handleWhen((error) => error instanceof SubgraphUnavailableError && error.reason !== 'REFUSED');
  const breaker = circuitBreaker(unavailable, { halfOpenAfter: openMs, breaker: inARow });
  let isReported = false;
  breaker.onBreak(() => {
    if (!isReported) outages.circuitOpened(failures, openMs);
    isReported = true; // the breaker opens again each time that a trial fails
  });
  breaker.onReset(() => {
    isReported = false;
  });
  return breaker;
}
