import {
  isInterfaceType,
  Kind,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { Field, ID, InterfaceType } from 'type-graphql';
import { isUuid } from '../domain/index.ts';
import type { NodeReference } from '../contracts/index.ts';

const NAME = 'Node';
const SHAREABLE: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'shareable' } };

/** An entity that the field `node` finds. A class that implements this interface has an `id`. The `nodeId` is derived from type and id. */
@InterfaceType(NAME, {
  description: 'An entity that `node` finds by its id alone, whatever its type (Relay global object identification).',
  autoRegisterImplementations: false, // each subgraph lists its own implementers, because all subgraphs may share one process
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Unique over all types. The argument of `node`. Opaque.' })
  nodeId!: string;
}

/** An id that is unique over all types. Clients must not read anything from it. */
export function nodeIdOf({ type, id }: NodeReference): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** The entity that a node id names. Null for a text that is not a node id. */
export function nodeOfId(nodeId: string): NodeReference | null {
  const [, type, id] = /^(\w+):(.+)$/.exec(Buffer.from(nodeId, 'base64url').toString()) ?? [];
  if (!type || !id || !isUuid(id)) return null;
  const node = { type, id: id.toLowerCase() };
  return nodeIdOf({ type, id }) === nodeId ? node : null;
}

/** The resolvers of `nodeId`, by type. A value of the interface `Node` must name its type in `__typename`. */
export function nodeResolvers(schema: GraphQLSchema): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const node = schema.getType(NAME);
  if (!isInterfaceType(node)) return {};
  const fields = schema.getImplementations(node).objects.map(({ name: type }) => {
    return [type, { nodeId: ({ id }: { readonly id: string }) => nodeIdOf({ type, id }) }] as const;
  });
  return { ...Object.fromEntries(fields), [NAME]: { __resolveType: typenameOf } };
}

/** The schema with `nodeId` fields that are shareable, because every subgraph that knows an entity may resolve its `nodeId`. */
export function withSharedNodeIds(schema: DocumentNode): DocumentNode {
  return visit(schema, { ObjectTypeDefinition: (type) => (isNode(type) ? withSharedNodeId(type) : undefined) });
}

const typenameOf = ({ __typename }: { readonly __typename: string }) => __typename;
const isNode = ({ interfaces = [] }: ObjectTypeDefinitionNode) => interfaces.some(({ name }) => name.value === NAME);

function withSharedNodeId({ fields = [], ...type }: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  return {
    ...type,
    fields: fields.map((field) =>
      field.name.value === 'nodeId' ? { ...field, directives: [...(field.directives ?? []), SHAREABLE] } : field,
    ),
  };
}
