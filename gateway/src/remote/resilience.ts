import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  noop,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { SubgraphUnavailableError, type UnavailableReason } from '../execution/subgraph-unavailable.ts';
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
const WORTH_A_RETRY: ReadonlySet<UnavailableReason> = new Set(['UNREACHABLE', 'OVERLOADED']);

/** Retries that are there at the start, and may be saved up. */
const SAVED_RETRIES = 10;

/** Asks a subgraph that may not answer: again, when that is safe and cheap; not at all, when it has not answered for long. */
export class Resilience {
  readonly #address: string;
  readonly #outages: OutageLog;
  readonly #budget: RetryBudget;
  readonly #once: IPolicy;
  readonly #repeatedly: IPolicy;

  constructor(
    address: string,
    { retries, breaker }: Pick<RemoteSubgraphOptions, 'retries' | 'breaker'>,
    outages: OutageLog,
  ) {
    const retryOptions = { ...DEFAULT_RETRIES, ...retries };
    this.#address = address;
    this.#outages = outages;
    this.#budget = new RetryBudget(retryOptions.budget, SAVED_RETRIES);
    this.#once = breaker === null ? noop : breakerOf({ ...DEFAULT_BREAKER, ...breaker }, outages);
    this.#repeatedly = wrap(this.#retryOf(retryOptions), this.#once);
  }

  /**
   * The answer. What only reads is asked again when the connection fails.
   * @throws SubgraphUnavailableError, and whatever else `ask` throws.
   */
  async run<Value>(readsOnly: boolean, ask: () => Promise<Value>): Promise<Value> {
    this.#budget.earn();
    try {
      const value = await (readsOnly ? this.#repeatedly : this.#once).execute(ask);
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

  #retryOf({ attempts, initialDelayMs, maxDelayMs }: RetryOptions): IPolicy {
    const again = (error: unknown) =>
      error instanceof SubgraphUnavailableError && WORTH_A_RETRY.has(error.reason) && this.#budget.spend();
    const backoff = new ExponentialBackoff({ initialDelay: initialDelayMs, maxDelay: maxDelayMs }); // decorrelated jitter
    return retry(handleWhen(again), { maxAttempts: attempts, backoff });
  }
}

function breakerOf({ failures, openMs }: BreakerOptions, outages: OutageLog): IPolicy {
  const unavailable = handleWhen((error) => error instanceof SubgraphUnavailableError);
  const breaker = circuitBreaker(unavailable, { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) });
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
