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

/** What may be over in a moment. A subgraph that was given all its time gets no second helping. */
const WORTH_A_RETRY: ReadonlySet<UnavailableReason> = new Set(['UNREACHABLE', 'OVERLOADED', 'REFUSED']);

/** Retries that are there at the start, and may be saved up. */
const SAVED_RETRIES = 10;

/** Asks a subgraph that may not answer: again, when that is safe and cheap; not at all, when it has not answered for long. */
export class Resilience {
  readonly #address: string;
  readonly #outages: OutageLog;
  readonly #budget: RetryBudget;
  readonly #failures: ConsecutiveBreaker;
  readonly #breaker: CircuitBreakerPolicy | null;
  readonly #once: IPolicy;
  /** For what changes something: what a process refused has not arrived, and behind a balancer another one may take it. */
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
   * The answer. What only reads is asked again when the connection fails.
   * @throws SubgraphUnavailableError, and whatever else `ask` throws.
   */
  run<Value>(readsOnly: boolean, ask: () => Promise<Value>): Promise<Value> {
    this.#budget.earn();
    const isClosed = this.#breaker === null || this.#breaker.state === CircuitState.Closed;
    return isClosed ? this.#straight(readsOnly, ask) : this.#guarded(readsOnly, ask);
  }

  /** The same as `#guarded` as long as nothing fails, for less: the policies come in with the first failure. */
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
      return new SubgraphUnavailableError('CIRCUIT_OPEN', `${this.#address} is left alone for a while`, {
        cause: error,
      });
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

/** Asks again from the second time on: the first time has been, and failed so. */
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
  // A refusal comes at once and costs nothing: asking on finds out when the process is repaired.
  const unavailable = handleWhen((error) => error instanceof SubgraphUnavailableError && error.reason !== 'REFUSED');
  const breaker = circuitBreaker(unavailable, { halfOpenAfter: openMs, breaker: inARow });
  let told = false;
  breaker.onBreak(() => {
    if (!told) outages.circuitOpened(failures, openMs);
    told = true; // it opens again each time that a trial fails
  });
  breaker.onReset(() => {
    told = false;
  });
  return breaker;
}
