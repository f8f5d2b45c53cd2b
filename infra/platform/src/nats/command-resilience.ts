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

/** Errors that mean that no reply arrived. Several such errors in a row open the circuit of the command. */
const SILENCE: ReadonlySet<CommandErrorCode> = new Set(['NO_RESPONDERS', 'TIMEOUT', 'DISCONNECTED']);

/**
 * Errors that a retry may solve. NO_RESPONDERS is missing because the caller should fail immediately. EXPIRED and UNTRUSTED may come from a
 * process with a wrong clock or key file, and a retry may reach another process.
 */
const WORTH_A_RETRY: ReadonlySet<CommandErrorCode> = new Set(['TIMEOUT', 'FAILED', 'EXPIRED', 'UNTRUSTED']);

const hasCode = (codes: ReadonlySet<CommandErrorCode>) => (error: unknown) =>
  error instanceof CommandError && codes.has(error.code);

type CommandTraits = Pick<CommandDefinition, 'name' | 'version' | 'idempotent'>;

/** Sends the commands of a process. Each command has its own circuit breaker. Idempotent commands are retried. */
export class CommandResilience {
  readonly #retries: CommandRetryOptions;
  readonly #breaker: CommandBreakerOptions | null;
  readonly #policies = new Map<string, IPolicy>();

  constructor(retries: CommandRetryOptions, breaker: CommandBreakerOptions | null) {
    this.#retries = retries;
    this.#breaker = breaker;
  }

  /**
   * Sends a command, with its retries and its circuit breaker.
   * @param send makes one attempt
   * @throws CommandError when no attempt succeeded
   * @throws BrokenCircuitError while the circuit is open
   */
  run<Value>(command: CommandTraits, send: (attempt: number) => Promise<Value>): Promise<Value> {
    const policy = this.#policyOf(command);
    let attempt = 0;
    return policy.execute(() => send(attempt++));
  }

  /** The number of retries left after an attempt. The first attempt is 0. */
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
