import { AsyncLocalStorage } from 'node:async_hooks';
import { ErrorCode, NatsError } from 'nats';
import type { RequestContext } from '@souk/kit/context';
import {
  CommandUnavailableError,
  type CommandClient,
  type CommandDefinition,
  type CommandHandler,
} from '@souk/kit/contracts';
import {
  DEFAULT_COMMAND_BREAKER,
  DEFAULT_COMMAND_RETRIES,
  DEFAULT_COMMAND_TIMEOUT_MS,
  type NatsCommandsOptions,
} from './command-options.ts';
import { CommandResilience } from './command-resilience.ts';
import { CommandServer } from './command-server.ts';
import { CommandError, replyHead, requestHeaders, valueOf } from './command-wire.ts';
import { commandSubject } from './subjects.ts';

/** Commands between processes: request/reply on NATS. Of the processes that answer a command, one gets each request. */
export class NatsCommands implements CommandClient {
  readonly #options: NatsCommandsOptions;
  readonly #resilience: CommandResilience;
  readonly #server: CommandServer;
  /** Until when the caller of the command being handled waits: nothing that is sent on its behalf may take longer. */
  readonly #deadlines = new AsyncLocalStorage<number>();

  constructor(options: NatsCommandsOptions) {
    const { retries, breaker } = options;
    this.#options = options;
    this.#resilience = new CommandResilience(
      { ...DEFAULT_COMMAND_RETRIES, ...retries },
      breaker === null ? null : { ...DEFAULT_COMMAND_BREAKER, ...breaker },
    );
    this.#server = new CommandServer(options, this.#deadlines);
  }

  /** Answers these commands from now on, beside other processes that do. @throws Error when one has a handler here already. */
  register(handlers: readonly CommandHandler[]): void {
    this.#server.register(handlers);
  }

  async send<Request, Reply>(
    context: RequestContext,
    command: CommandDefinition<Request, Reply>,
    request: Request,
  ): Promise<Reply> {
    const { timeoutMs = DEFAULT_COMMAND_TIMEOUT_MS } = this.#options;
    const deadlineMs = Math.min(Date.now() + timeoutMs, this.#deadlines.getStore() ?? Infinity);
    const body = JSON.stringify(request);
    try {
      const reply = await this.#resilience.run(command, async (attempt) =>
        this.#ask(context, command, body, tryUntil(deadlineMs, this.#resilience.retriesAfter(command, attempt))),
      );
      return command.reply.parse(reply);
    } catch (cause) {
      throw new CommandUnavailableError(command.name, { cause });
    }
  }

  /** Leaves every command to other processes until `resume`; those in hand are answered. */
  pause(): void {
    this.#server.pause();
  }

  /** Answers the registered commands again. */
  resume(): void {
    this.#server.resume();
  }

  /** Takes no more requests. Resolves when those in hand are answered. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  async #ask(
    context: RequestContext,
    command: Pick<CommandDefinition, 'name' | 'version'>,
    body: string,
    deadlineMs: number,
  ): Promise<unknown> {
    const { nats, trust, unsealed } = this.#options;
    const timeout = deadlineMs - Date.now();
    if (timeout <= 0) throw new CommandError('TIMEOUT');
    if (!nats.isConnected) throw new CommandError('DISCONNECTED');
    const seal = trust.seal(context, command, body);
    const headers = requestHeaders({ deadlineMs, seal, context: unsealed ? await unsealed.seal(context) : null });
    const answer = await nats.connection.request(commandSubject(command), body, { timeout, headers }).catch(asSilence);
    const head = replyHead(answer);
    const reply = { seal, errorCode: head.errorCode, body: answer.string() };
    const isTrusted = head.signature === null ? Boolean(unsealed) : trust.isGenuine(command, reply, head.signature);
    if (!isTrusted) throw new CommandError('UNTRUSTED');
    return valueOf(answer, head);
  }
}

/**
 * A try that others may follow gets a fifth of the time that is left: a process that froze must not take all of it, and the last try
 * must have time for one that is only slow.
 */
function tryUntil(deadlineMs: number, retriesLeft: number): number {
  return retriesLeft === 0 ? deadlineMs : deadlineMs - Math.max(deadlineMs - Date.now(), 0) * 0.8;
}

function asSilence(cause: unknown): never {
  if (cause instanceof NatsError && cause.code === String(ErrorCode.NoResponders)) {
    throw new CommandError('NO_RESPONDERS', { cause });
  }
  const timedOut = cause instanceof NatsError && cause.code === String(ErrorCode.Timeout);
  throw new CommandError(timedOut ? 'TIMEOUT' : 'DISCONNECTED', { cause });
}
