import type { RequestContext } from '@souk/kit/context';
import type { Nats } from './nats.ts';
import type { CommandTrust } from './trust/command-trust.ts';

/**
 * Carries the caller's context for processes of a version that does not seal commands: a token under a shared secret.
 */
export interface ContextSeal {
  seal(context: RequestContext): string | Promise<string>;
  /** @throws when the token is forged or has expired. */
  open(token: string): RequestContext | Promise<RequestContext>;
}

/** How often an idempotent command without an answer is sent again. */
export interface CommandRetryOptions {
  /** Retries after the first attempt; 0 for none. */
  readonly attempts: number;
  /** Average first delay, in ms. Each delay is longer than the one before, with jitter. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

/** When a command that is not answered is no longer sent. */
export interface CommandBreakerOptions {
  /** Attempts without an answer in a row that open the circuit. A failure that the other side reports is an answer. */
  readonly failures: number;
  /** How long the circuit stays open, in ms. After that, one attempt decides. */
  readonly openMs: number;
}

export interface NatsCommandsOptions {
  /** The caller closes the connection, after `stop`. */
  readonly nats: Nats;
  readonly trust: CommandTrust;
  /**
   * Accepts commands without a seal and replies without a signature, while processes of a version that does not seal
   * still run.
   * @default none: commands without a valid seal and replies without a valid signature are refused
   */
  readonly unsealed?: ContextSeal | null;
  /** How long a caller waits for an answer, retries included, in ms. @default 10,000 */
  readonly timeoutMs?: number;
  /** @default 2 attempts, 50 ms to 500 ms */
  readonly retries?: Partial<CommandRetryOptions>;
  /** `null` for none. @default 5 failures, 1 s */
  readonly breaker?: Partial<CommandBreakerOptions> | null;
  /**
   * Called with the error of a handler and with each refused request, and with the caller's context where it is known.
   * The caller only receives an error code.
   */
  readonly onError: (error: unknown, command: string, context: RequestContext | null) => void;
}

export const DEFAULT_COMMAND_TIMEOUT_MS = 10_000;
export const DEFAULT_COMMAND_RETRIES: CommandRetryOptions = { attempts: 2, initialDelayMs: 50, maxDelayMs: 500 };
export const DEFAULT_COMMAND_BREAKER: CommandBreakerOptions = { failures: 5, openMs: 1000 };
