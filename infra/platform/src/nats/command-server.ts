import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Msg, Subscription } from 'nats';
import type { RequestContext } from '@souk/kit/context';
import type { ClaimSeal, CommandHandler } from '@souk/kit/contracts';
import type { NatsCommandsOptions } from './command-options.ts';
import { CommandError, replyHeaders, requestHead, type CommandErrorCode, type RequestHead } from './command-wire.ts';
import { commandSubject } from './subjects.ts';
import { UntrustedCommandError, type OpenedCommand } from './trust/command-trust.ts';

/** A handler, and the function that records used seals in the database of its subgraph. */
interface ServedCommand extends CommandHandler {
  readonly claimSeal: ClaimSeal;
}

/** Handles the commands that arrive at one process. */
export class CommandServer {
  readonly #options: NatsCommandsOptions;
  readonly #deadlines: AsyncLocalStorage<number>;
  readonly #handlers = new Map<string, ServedCommand>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #draining = new Set<Promise<void>>();
  readonly #inHand = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: NatsCommandsOptions, deadlines: AsyncLocalStorage<number>) {
    this.#options = options;
    this.#deadlines = deadlines;
  }

  /** @throws Error when a command has two handlers. */
  register(handlers: readonly CommandHandler[], claimSeal: ClaimSeal): void {
    for (const handler of handlers) {
      const subject = commandSubject(handler.command);
      if (this.#handlers.has(subject))
        throw new Error(`Command ${handler.command.name} has two handlers: register one`);
      this.#handlers.set(subject, { ...handler, claimSeal });
    }
    this.resume();
  }

  /** Leaves the queue groups, so that other processes receive all new commands. Running commands still get their reply. */
  pause(): void {
    for (const [subject, subscription] of this.#subscriptions) {
      // The subscription is drained instead of closed, so that requests that the server has already delivered also get a reply.
      this.#draining.add(subscription.drain().catch(() => undefined));
      this.#subscriptions.delete(subject);
    }
  }

  /** Joins the queue groups of all registered commands. */
  resume(): void {
    if (this.#stopped) return;
    for (const [subject, handler] of this.#handlers)
      if (!this.#subscriptions.has(subject)) this.#subscriptions.set(subject, this.#subscribe(subject, handler));
  }

  /** Resolves when every running command has its reply. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.pause();
    await Promise.all(this.#draining);
    while (this.#inHand.size > 0) await Promise.all(this.#inHand);
  }

  #subscribe(subject: string, handler: ServedCommand): Subscription {
    const { name } = handler.command;
    return this.#options.nats.connection.subscribe(subject, {
      queue: subject,
      callback: (error, message) => {
        if (error) return this.#options.onError(error, name, null);
        const answered = this.#answer(handler, message).finally(() => this.#inHand.delete(answered));
        this.#inHand.add(answered);
      },
    });
  }

  async #answer(handler: ServedCommand, message: Msg): Promise<void> {
    let context: RequestContext | null = null;
    const head = requestHead(message);
    try {
      if (!head) throw new CommandError('BAD_REQUEST');
      if (head.deadlineMs <= Date.now()) throw new CommandError('EXPIRED');
      const opened = await this.#opened(handler, message, head);
      ({ context } = opened);
      await this.#claim(handler, opened);
      this.#respond(message, head, JSON.stringify(await this.#handle(handler, message, head, context)));
    } catch (error) {
      this.#options.onError(error, handler.command.name, context);
      // The caller gets only a code, because the message of an unexpected error may contain confidential data.
      this.#respond(message, head, '', error instanceof CommandError ? error.code : 'FAILED');
    }
  }

  #respond(message: Msg, head: RequestHead | null, body: string, errorCode: CommandErrorCode | null = null): void {
    const seal = head?.seal ?? null;
    const signature = seal === null ? null : this.#options.trust.signReply({ seal, errorCode, body });
    message.respond(body, { headers: replyHeaders({ errorCode, signature }) });
  }

  async #handle(
    handler: CommandHandler,
    message: Msg,
    { deadlineMs }: RequestHead,
    context: RequestContext,
  ): Promise<unknown> {
    const request = this.#requestOf(handler, message);
    return this.#deadlines.run(deadlineMs, () => handler.handle(context, request));
  }

  /**
   * Claims the seal of a command. When the database fails, its error is rethrown and not reported as UNTRUSTED, because a database error
   * does not mean that the caller is untrusted.
   */
  async #claim({ command, claimSeal }: ServedCommand, { seal }: Pick<OpenedCommand, 'seal'> | { seal: null }) {
    if (seal === null || (await claimSeal(seal))) return;
    const cause = new UntrustedCommandError(command, 'its seal was used before, in another process');
    throw new CommandError('UNTRUSTED', { cause });
  }

  /** Verifies a command and returns its context. The seal is null for a command of an earlier version of Souk without sealed commands. */
  async #opened({ command }: CommandHandler, message: Msg, { seal, context }: RequestHead) {
    const { trust, unsealed } = this.#options;
    try {
      if (seal === null) {
        if (!unsealed || context === null) throw new UntrustedCommandError(command, 'the command has no seal');
        return { context: await unsealed.open(context), seal: null };
      }
      const opened = trust.open(seal, command, message.string());
      if (command.callers.includes(opened.sender)) return opened;
      throw new UntrustedCommandError(command, `"${opened.sender}" is not one of its declared callers`);
    } catch (cause) {
      throw new CommandError('UNTRUSTED', { cause });
    }
  }

  /** Parses the request. The handler parses it again, but only an error here proves that the caller sent a wrong request. */
  #requestOf({ command }: CommandHandler, message: Msg): unknown {
    try {
      const request: unknown = message.json();
      command.request.parse(request);
      return request;
    } catch (cause) {
      throw new CommandError('BAD_REQUEST', { cause });
    }
  }
}
