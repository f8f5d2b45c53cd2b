import { AsyncLocalStorage } from 'node:async_hooks';
import { ErrorCode, NatsError } from 'nats';
import type { RequestContext } from '@souk/kit/context';
import {
  CommandUnavailableError,
  type ClaimSeal,
  type CommandClient,
  type CommandDefinition,
  type CommandHandler,
  type CommandRegistry,
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

/**
 * Sends and handles commands between processes, by request and reply on NATS. NATS delivers a request to one of the processes that handle
 * the command.
 */
export class NatsCommands implements CommandClient, CommandRegistry {
  readonly #options: NatsCommandsOptions;
  readonly #resilience: CommandResilience;
  readonly #server: CommandServer;
  /** The deadline of the command that is being handled. Commands that its handler sends cannot have a later deadline. */
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

  /**
   * Handles these commands from now on, like other processes of the subgraph.
   * @throws Error when a command already has a handler in this process
   */
  register(handlers: readonly CommandHandler[], claimSeal: ClaimSeal): void {
    this.#server.register(handlers, claimSeal);
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

  /** Stops receiving new commands until `resume`, so that other processes receive them. Running commands still get their reply. */
  pause(): void {
    this.#server.pause();
  }

  /** Receives the registered commands again. */
  resume(): void {
    this.#server.resume();
  }

  /** Accepts no more requests. Resolves when the running commands have their replies. */
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
 * The deadline of one attempt. An attempt with retries left gets a fifth of the remaining time. A frozen process must not use up the whole
 * time, and the last attempt needs time for a slow process.
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
