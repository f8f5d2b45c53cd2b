import type { RequestContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import { nodeOfId, NodeType, type ReferenceResolvers } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { NODE_LOOKUPS } from './node.types.ts';

/**
 * Resolves the field `node` for all entities of the graph. The catalog finds its own entities, and sends a command to the subgraph of any
 * other entity.
 */
@Resolver()
export class NodeResolver {
  readonly #references: ReferenceResolvers;
  readonly #commands: CommandClient;

  constructor(references: ReferenceResolvers, commands: CommandClient) {
    this.#references = references;
    this.#commands = commands;
  }

  @Query(() => NodeType, {
    nullable: true,
    description: 'The entity with this `nodeId`. Null also for an entity that the caller may not see.',
  })
  async node(
    @Arg('id', () => ID, { description: 'A `nodeId`.' }) nodeId: string,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const node = nodeOfId(nodeId);
    if (!node) return null;
    const { type, id } = node;
    const reference = ownValue(this.#references, type);
    const found = reference ? await reference({ id }, ctx, info) : await this.#lookUp(ctx, type, id);
    return found ? { ...found, __typename: type } : null;
  }

  async #lookUp(ctx: RequestContext, type: string, id: string) {
    const lookup = ownValue(NODE_LOOKUPS, type);
    if (!lookup) return null;
    const { isFound } = await this.#commands.send(ctx, lookup, { type, id });
    return isFound ? { id } : null;
  }
}

/** Reads an own property. `name` comes from a client and may be `constructor`, which every object inherits. */
function ownValue<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
