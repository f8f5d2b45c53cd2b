import { z } from 'zod';
import { AccessDeniedError, type RequestContext } from '../context/index.ts';
import { defineCommand, handleCommand, type CommandDefinition, type CommandHandler } from './command.ts';

/** The type and id that a Relay node id encodes. */
export interface NodeReference {
  readonly type: string;
  /** A UUID, which is unique within the type. */
  readonly id: string;
}

/** The reply to a lookup. `isFound` is also false when the caller may not see the entity. */
export interface NodeLookup {
  readonly isFound: boolean;
}

/** Finds an entity by id, with the same checks as the subgraph's root fields. Returns null when the caller may not see the entity. */
export type NodeFinder = (ctx: RequestContext, id: string) => unknown;

/** Declares the command with which the catalog, the owner of the field `node`, looks up an entity in another subgraph. */
export function defineNodeLookup(subgraph: string): CommandDefinition<NodeReference, NodeLookup> {
  return defineCommand({
    name: `${subgraph}.findNode`,
    version: 1,
    request: z.object({ type: z.string().max(100), id: z.uuid() }),
    reply: z.object({ isFound: z.boolean() }),
    idempotent: true,
    callers: ['catalog'],
  });
}

/**
 * Binds the command of `defineNodeLookup` to finders. The reply for a forbidden entity equals the reply for a missing entity.
 * @param finders the finders, by GraphQL type
 */
export function handleNodeLookup(
  command: CommandDefinition<NodeReference, NodeLookup>,
  finders: Readonly<Record<string, NodeFinder>>,
): CommandHandler {
  return handleCommand(command, async (ctx, { type, id }) => {
    const find = Object.hasOwn(finders, type) ? finders[type] : undefined;
    try {
      return { isFound: Boolean(await find?.(ctx, id)) };
    } catch (error) {
      if (error instanceof AccessDeniedError) return { isFound: false };
      throw error;
    }
  });
}
