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

/** Encodes a type and an id as a Relay node id, which is unique over all types. The encoding is opaque to clients. */
export function nodeIdOf({ type, id }: NodeReference): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** Decodes a Relay node id. Null for a text that is not a node id. */
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

/** Marks every `nodeId` field as `@shareable`, because every subgraph that contributes to an entity may resolve its `nodeId`. */
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
