import { z } from 'zod';
import { AccessDeniedError, type RequestContext } from '../context/index.ts';
import { defineCommand, handleCommand, type CommandDefinition, type CommandHandler } from './command.ts';

/** The entity that a node id names. */
export interface NodeReference {
  /** Its GraphQL type. */
  readonly type: string;
  /** Its own id, a UUID. */
  readonly id: string;
}

/** Whether the caller may see the entity. */
export interface NodeLookup {
  readonly isFound: boolean;
}

/** How a subgraph finds an entity that a stranger names: as its root fields do, with their checks; null when it is not theirs to see. */
export type NodeFinder = (ctx: RequestContext, id: string) => unknown;

/** Declares the command by which the catalog, which has the field `node`, asks a subgraph for its entities. */
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

/** Answers the command. An entity that is not there, and one that the caller may not see, are not found. @param finders by type. */
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
