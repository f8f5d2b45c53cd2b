import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  noop,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import type { CommandDefinition } from '@souk/kit/contracts';
import type { CommandBreakerOptions, CommandRetryOptions } from './command-options.ts';
import { CommandError, type CommandErrorCode } from './command-wire.ts';

/** Nobody answered: so many of these in a row, and the command is left alone for a while. */
const SILENCE: ReadonlySet<CommandErrorCode> = new Set(['NO_RESPONDERS', 'TIMEOUT', 'DISCONNECTED']);

/**
 * What another try may make good. Where nobody answers at all, the caller is better off knowing at once. A process with a wrong clock or
 * key file answers EXPIRED or UNTRUSTED, and the next try may reach another one.
 */
const WORTH_A_RETRY: ReadonlySet<CommandErrorCode> = new Set(['TIMEOUT', 'FAILED', 'EXPIRED', 'UNTRUSTED']);

const hasCode = (codes: ReadonlySet<CommandErrorCode>) => (error: unknown) =>
  error instanceof CommandError && codes.has(error.code);

type CommandTraits = Pick<CommandDefinition, 'name' | 'version' | 'idempotent'>;

/** How the commands of a process are sent: each with a circuit breaker of its own, and again where that is safe. */
export class CommandResilience {
  readonly #retries: CommandRetryOptions;
  readonly #breaker: CommandBreakerOptions | null;
  readonly #policies = new Map<string, IPolicy>();

  constructor(retries: CommandRetryOptions, breaker: CommandBreakerOptions | null) {
    this.#retries = retries;
    this.#breaker = breaker;
  }

  /** @param send one try. @throws CommandError, or BrokenCircuitError where it is not even tried. */
  run<Value>(command: CommandTraits, send: (attempt: number) => Promise<Value>): Promise<Value> {
    const policy = this.#policyOf(command);
    let attempt = 0;
    return policy.execute(() => send(attempt++));
  }

  /** Tries after the one of this number, 0 being the first. */
  retriesAfter({ idempotent }: CommandTraits, attempt: number): number {
    return idempotent ? Math.max(this.#retries.attempts - attempt, 0) : 0;
  }

  #policyOf(command: CommandTraits): IPolicy {
    const key = `${command.name}.v${command.version}`;
    const present = this.#policies.get(key);
    if (present) return present;
    const policy = wrap(command.idempotent ? this.#retryPolicy() : noop, this.#breakerPolicy());
    this.#policies.set(key, policy);
    return policy;
  }

  #retryPolicy(): IPolicy {
    const { attempts, initialDelayMs, maxDelayMs } = this.#retries;
    return retry(handleWhen(hasCode(WORTH_A_RETRY)), {
      maxAttempts: attempts,
      backoff: new ExponentialBackoff({ initialDelay: initialDelayMs, maxDelay: maxDelayMs }), // decorrelated jitter
    });
  }

  #breakerPolicy(): IPolicy {
    if (!this.#breaker) return noop;
    const { failures, openMs } = this.#breaker;
    return circuitBreaker(handleWhen(hasCode(SILENCE)), {
      halfOpenAfter: openMs,
      breaker: new ConsecutiveBreaker(failures),
    });
  }
}
