import { z } from 'zod';
import { AccessDeniedError, type RequestContext } from '../context/index.ts';
import { defineCommand, handleCommand, type CommandDefinition, type CommandHandler } from './command.ts';

/** The entity that a node id names. */
export interface NodeReference {
  /** The GraphQL type of the entity. */
  readonly type: string;
  /** The id of the entity within its type, a UUID. */
  readonly id: string;
}

/** Whether the caller may see the entity. */
export interface NodeLookup {
  readonly isFound: boolean;
}

/** Finds an entity by id, with the same checks as the subgraph's root fields. Returns null when the caller may not see the entity. */
export type NodeFinder = (ctx: RequestContext, id: string) => unknown;

/** Declares the command by which the catalog, which owns the field `node`, asks a subgraph for its entities. */
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
 * Handles the command. A missing entity and a forbidden entity get the same reply: not found.
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
