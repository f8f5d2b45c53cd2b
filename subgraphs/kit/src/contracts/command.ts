import { z } from 'zod';
import type { RequestContext } from '../context/index.ts';

/** A request from one subgraph to another. The contract of the subgraph that handles the command declares it. */
export interface CommandDefinition<Request = unknown, Reply = unknown> {
  /** The name, `<subgraph>.<verb>`, for instance `inventory.reserve`. */
  readonly name: string;
  readonly version: number;
  readonly request: z.ZodType<Request>;
  /** The schema of the reply. Expected refusals are part of the reply: see `resultOf`. */
  readonly reply: z.ZodType<Reply>;
  /** Whether a command that is sent twice has its effect only once. Only idempotent commands are retried. */
  readonly idempotent: boolean;
  /** The subgraphs that may send the command. */
  readonly callers: readonly string[];
}

/** The definition of a command, and the function that handles it. */
export interface CommandHandler {
  readonly command: CommandDefinition;
  handle(ctx: RequestContext, request: unknown): Promise<unknown>;
}

/** Identifies one signed command between processes. A command with a used seal is refused, so a captured message cannot be replayed. */
export interface CommandSeal {
  /** UUID. */
  readonly id: string;
  /** The time after which every process refuses the command. */
  readonly expiresAt: Date;
}

/** Records a seal. Resolves to false when a process of the subgraph has already recorded the seal. */
export type ClaimSeal = (seal: CommandSeal) => Promise<boolean>;

/** The part of a command transport that receives commands. */
export interface CommandRegistry {
  /**
   * Registers the handlers of these commands.
   * @param claimSeal runs before each command from another process is handled, against replay
   * @throws Error when a command has two handlers
   */
  register(handlers: readonly CommandHandler[], claimSeal: ClaimSeal): void;
}

/** The part of a command transport that sends commands. */
export interface CommandClient {
  /**
   * Sends a command.
   * @throws CommandUnavailableError when no handler replies in time. Every other failure is part of the reply.
   */
  send<Request, Reply>(
    ctx: RequestContext,
    command: CommandDefinition<Request, Reply>,
    request: Request,
  ): Promise<Reply>;
}

/** Thrown when a command got no reply: the other subgraph is down, failed unexpectedly or took too long. */
export class CommandUnavailableError extends Error {
  constructor(
    readonly command: string,
    options?: ErrorOptions,
  ) {
    super(`${command} got no answer`, options);
    this.name = 'CommandUnavailableError';
  }
}

export function defineCommand<Request, Reply>(
  definition: CommandDefinition<Request, Reply>,
): CommandDefinition<Request, Reply> {
  return definition;
}

/** Binds a command to the function that handles it. The sender and the handler both parse the request and the reply. */
export function handleCommand<Request, Reply>(
  command: CommandDefinition<Request, Reply>,
  handler: (ctx: RequestContext, request: Request) => Promise<Reply>,
): CommandHandler {
  return {
    command,
    handle: async (ctx, request) => command.reply.parse(await handler(ctx, command.request.parse(request))),
  };
}

/** The schema of a reply that is a `Result`: a value, or one of the declared errors. */
export function resultOf<Value extends z.ZodType, Failure extends z.ZodType>(value: Value, error: Failure) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error }),
  ]);
}
