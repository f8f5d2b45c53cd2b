import type { RequestContext } from '@souk/kit/context';
import type { Nats } from './nats.ts';
import type { CommandTrust } from './trust/command-trust.ts';

/**
 * Puts the caller's context into a token that is signed with a shared secret. Needed during an update from a version of Souk without sealed
 * commands.
 */
export interface ContextSeal {
  seal(context: RequestContext): string | Promise<string>;
  /** Returns the context in a token. @throws Error when the token is forged or has expired */
  open(token: string): RequestContext | Promise<RequestContext>;
}

/** The retries of an idempotent command that got no reply. */
export interface CommandRetryOptions {
  /** The number of retries after the first attempt. 0 disables retries. */
  readonly attempts: number;
  /** Average delay before the first retry, in ms. Later delays are longer. All delays have jitter. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

/** The circuit breaker of a command. While the circuit is open, the process does not send the command. */
export interface CommandBreakerOptions {
  /** The number of consecutive attempts without a reply that opens the circuit. A reply with an error code counts as a reply. */
  readonly failures: number;
  /** How long the circuit stays open, in ms. A single attempt then decides whether it closes. */
  readonly openMs: number;
}

export interface NatsCommandsOptions {
  /** The connection to NATS. The caller closes it after `stop`. */
  readonly nats: Nats;
  readonly trust: CommandTrust;
  /**
   * Accepts commands without a seal and replies without a signature. Needed during an update from a version of Souk without sealed
   * commands.
   * @default none: commands without a valid seal and replies without a valid signature are refused
   */
  readonly unsealed?: ContextSeal | null;
  /** How long a caller waits for a reply, including retries, in ms. @default 10,000 */
  readonly timeoutMs?: number;
  /** @default 2 attempts, 50 ms to 500 ms */
  readonly retries?: Partial<CommandRetryOptions>;
  /** The circuit breaker. Null disables it. @default 5 failures, 1 s */
  readonly breaker?: Partial<CommandBreakerOptions> | null;
  /**
   * Called with the error of a handler, and with each refused request. The context is the caller's, or null when it is unknown. The caller
   * receives an error code only.
   */
  readonly onError: (error: unknown, command: string, context: RequestContext | null) => void;
}

export const DEFAULT_COMMAND_TIMEOUT_MS = 10_000;
export const DEFAULT_COMMAND_RETRIES: CommandRetryOptions = { attempts: 2, initialDelayMs: 50, maxDelayMs: 500 };
export const DEFAULT_COMMAND_BREAKER: CommandBreakerOptions = { failures: 5, openMs: 1000 };
