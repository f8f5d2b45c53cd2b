import { z } from 'zod';
import type { RequestContext } from '../context/index.ts';

/** A request from one subgraph to another, declared in the contract of the one that answers. */
export interface CommandDefinition<Request = unknown, Reply = unknown> {
  /** `<subgraph>.<verb>`, for instance `inventory.reserve`. */
  readonly name: string;
  readonly version: number;
  readonly request: z.ZodType<Request>;
  /** Expected refusals are part of the reply: see `resultOf`. */
  readonly reply: z.ZodType<Reply>;
  /** Whether sending it twice has the effect of once; only then is it retried. */
  readonly idempotent: boolean;
  /** The subgraphs that may send the command. */
  readonly callers: readonly string[];
}

/** One side of a command: the answering subgraph. */
export interface CommandHandler {
  readonly command: CommandDefinition;
  handle(ctx: RequestContext, request: unknown): Promise<unknown>;
}

/** The other side: how a subgraph asks another. */
export interface CommandClient {
  /** @throws CommandUnavailableError when nobody answers in time; every other failure is in the reply. */
  send<Request, Reply>(
    ctx: RequestContext,
    command: CommandDefinition<Request, Reply>,
    request: Request,
  ): Promise<Reply>;
}

/** Thrown when a command got no answer: its subgraph is down, failed unexpectedly or took too long. */
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

/** Ties a command to the function that answers it. Request and reply are parsed on both sides of it. */
export function handleCommand<Request, Reply>(
  command: CommandDefinition<Request, Reply>,
  handler: (ctx: RequestContext, request: Request) => Promise<Reply>,
): CommandHandler {
  return {
    command,
    handle: async (ctx, request) => command.reply.parse(await handler(ctx, command.request.parse(request))),
  };
}

/** A reply that is a `Result`: a value, or one of the declared errors. */
export function resultOf<Value extends z.ZodType, Failure extends z.ZodType>(value: Value, error: Failure) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error }),
  ]);
}
