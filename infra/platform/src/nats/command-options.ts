import type { RequestContext } from '@souk/kit/context';
import type { Nats } from './nats.ts';
import type { CommandTrust } from './trust/command-trust.ts';

/** How processes of a version that does not sign commands pass on the context of a caller: a token under a shared secret. */
export interface ContextSeal {
  seal(context: RequestContext): string | Promise<string>;
  /** @throws when the token is forged or has expired. */
  open(token: string): RequestContext | Promise<RequestContext>;
}

/** How often an idempotent command that got no answer is sent again. */
export interface CommandRetryOptions {
  /** After the first try. 0: never. */
  readonly attempts: number;
  /** The first pause, on average; each is longer than the one before, with jitter. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

/** When a command that is not answered is left alone. */
export interface CommandBreakerOptions {
  /** So many times without an answer in a row open it. A failure that the other side reports is an answer. */
  readonly failures: number;
  /** Then it is not sent for so long; after that one try decides. */
  readonly openMs: number;
}

export interface NatsCommandsOptions {
  /** Stays the caller's to close, after `stop`. */
  readonly nats: Nats;
  readonly trust: CommandTrust;
  /**
   * Understood beside sealed commands while processes of a version that does not seal them still run; replies without a signature
   * are accepted then.
   * @default none: commands and replies without a valid seal are refused
   */
  readonly unsealed?: ContextSeal | null;
  /** How long a caller waits for an answer, retries included. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Default: 2 attempts, 50 ms to 500 ms. */
  readonly retries?: Partial<CommandRetryOptions>;
  /** Default: 5 failures, 1 s. `null`: none. */
  readonly breaker?: Partial<CommandBreakerOptions> | null;
  /**
   * Told of what a handler threw, and of requests that were refused; on whose behalf, where that is known. The caller only learns
   * that it failed.
   */
  readonly onError: (error: unknown, command: string, context: RequestContext | null) => void;
}

export const DEFAULT_COMMAND_TIMEOUT_MS = 10_000;
export const DEFAULT_COMMAND_RETRIES: CommandRetryOptions = { attempts: 2, initialDelayMs: 50, maxDelayMs: 500 };
export const DEFAULT_COMMAND_BREAKER: CommandBreakerOptions = { failures: 5, openMs: 1000 };
