import type { RequestContext } from '@souk/kit/context';
import type { Nats } from './nats.ts';
import type { CommandTrust } from './trust/command-trust.ts';

/** Carries the caller's context as a token under a shared secret. Needed for processes of an older version that does not seal commands. */
export interface ContextSeal {
  seal(context: RequestContext): string | Promise<string>;
  /** Reads the context from a token. @throws Error when the token is forged or has expired */
  open(token: string): RequestContext | Promise<RequestContext>;
}

/** How often an idempotent command without an answer is sent again. */
export interface CommandRetryOptions {
  /** The number of retries after the first attempt. With 0 there are none. */
  readonly attempts: number;
  /** Average first delay, in ms. Each delay is longer than the delay before, with jitter. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

/** Options of the circuit breaker of a command: the process stops sending a command that gets no answers. */
export interface CommandBreakerOptions {
  /** The number of consecutive attempts without an answer that opens the circuit. A failure that the other side reports is an answer. */
  readonly failures: number;
  /** How long the circuit stays open, in ms. Then a single attempt decides whether the circuit closes. */
  readonly openMs: number;
}

export interface NatsCommandsOptions {
  /** The connection. The caller closes it, after `stop`. */
  readonly nats: Nats;
  readonly trust: CommandTrust;
  /**
   * Accepts commands without a seal and replies without a signature, as long as processes of an older version that does not seal still run.
   * @default none: commands without a valid seal and replies without a valid signature are refused
   */
  readonly unsealed?: ContextSeal | null;
  /** How long a caller waits for an answer, including retries, in ms. @default 10,000 */
  readonly timeoutMs?: number;
  /** @default 2 attempts, 50 ms to 500 ms */
  readonly retries?: Partial<CommandRetryOptions>;
  /** The circuit breaker. With `null` there is none. @default 5 failures, 1 s */
  readonly breaker?: Partial<CommandBreakerOptions> | null;
  /**
   * Called with the error of a handler, and with each refused request. The context is the caller's, or null when it is not known. The
   * caller receives an error code only.
   */
  readonly onError: (error: unknown, command: string, context: RequestContext | null) => void;
}

export const DEFAULT_COMMAND_TIMEOUT_MS = 10_000;
export const DEFAULT_COMMAND_RETRIES: CommandRetryOptions = { attempts: 2, initialDelayMs: 50, maxDelayMs: 500 };
export const DEFAULT_COMMAND_BREAKER: CommandBreakerOptions = { failures: 5, openMs: 1000 };
