import type { RequestContext } from '../context/index.ts';
import {
  CommandUnavailableError,
  type CommandClient,
  type CommandDefinition,
  type CommandHandler,
} from '../contracts/index.ts';

export interface InProcessCommandsOptions {
  /** How long a caller waits for a reply, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
}

/** Sends and handles commands within one process. Requests and replies are parsed as on a network transport. */
export class InProcessCommands implements CommandClient {
  readonly #handlers = new Map<string, CommandHandler>();
  readonly #timeoutMs: number;

  constructor({ timeoutMs = 10_000 }: InProcessCommandsOptions = {}) {
    this.#timeoutMs = timeoutMs;
  }

  /** Adds handlers. @throws Error when a command has two handlers */
  register(handlers: readonly CommandHandler[]): void {
    for (const handler of handlers) {
      const { name } = handler.command;
      if (this.#handlers.has(name))
        throw new Error(`The command ${name} has two handlers. Register each command once per process`);
      this.#handlers.set(name, handler);
    }
  }

  async send<Request, Reply>(
    ctx: RequestContext,
    command: CommandDefinition<Request, Reply>,
    request: Request,
  ): Promise<Reply> {
    const handler = this.#handlers.get(command.name);
    if (!handler) throw new CommandUnavailableError(command.name);
    return this.#answer(handler, async () => command.reply.parse(await handler.handle(ctx, request)));
  }

  async #answer<Reply>(handler: CommandHandler, handle: () => Promise<Reply>): Promise<Reply> {
    const { promise: timeout, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`No reply within ${this.#timeoutMs} ms`)), this.#timeoutMs);
    try {
      return await Promise.race([handle(), timeout]);
    } catch (cause) {
      throw new CommandUnavailableError(handler.command.name, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
