import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { parse, print, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap, type ClassType, type NonEmptyArray } from 'type-graphql';
import type { RequestContext } from '../context/index.ts';
import { checkArguments } from './check-arguments.ts';
import { requireListMaxima } from './list-maxima.ts';
import { withListSizes } from './list-sizes.ts';
import { nodeResolvers, withSharedNodeIds } from './node.types.ts';

/** The GraphQL classes of a subgraph. */
export interface GraphqlClasses {
  readonly resolvers: NonEmptyArray<ClassType>;
  /** Types that nothing reachable from a root field mentions: entity stubs of other subgraphs, implementers of interfaces. */
  readonly orphanedTypes: readonly ClassType[];
}

/** What needs instances: how classes come to life. */
export interface GraphqlRuntime {
  /** The instance of a resolver class. */
  instanceOf<Resolver extends object>(type: ClassType<Resolver>): Resolver;
  readonly references: ReferenceResolvers;
  readonly subscriptions: SubscriptionSources;
  readonly fields: FieldResolvers;
}

/** Per entity type: how the gateway's representation (its key fields) becomes the entity; null when there is none. */
export type ReferenceResolvers = Readonly<
  Record<
    string,
    (reference: Readonly<Record<string, unknown>>, ctx: RequestContext, info: GraphQLResolveInfo) => unknown
  >
>;

/**
 * Per type: fields that graphql-js resolves by these functions, and not through type-graphql. Type-graphql collects the
 * parameters of every call in asynchronous steps, which is nothing once and half a list's time for a field of each of its
 * rows; besides, a value that is no promise is completed at once. The `@FieldResolver` stays: it declares the field, and
 * is what the function calls. Its arguments are as graphql-js gives them: those that were left out are missing.
 */
export type FieldResolvers = Readonly<
  Record<
    string,
    // `never`: each field knows what its root and its arguments are.
    Readonly<Record<string, (root: never, args: never, ctx: RequestContext, info: GraphQLResolveInfo) => unknown>>
  >
>;

/** Per subscription field: its events. Each becomes the root of the field's resolver method. */
export type SubscriptionSources = Readonly<
  Record<
    string,
    (
      args: Readonly<Record<string, unknown>>,
      ctx: RequestContext,
    ) => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>
  >
>;

const LINK = 'https://specs.apollo.dev/federation/v2.9';
const DIRECTIVES = [
  '@key',
  '@external',
  '@requires',
  '@provides',
  '@shareable',
  '@inaccessible',
  '@tag',
  '@override',
  '@interfaceObject',
  '@authenticated',
  '@requiresScopes',
  '@cost',
  '@listSize',
  '@composeDirective',
];

/** How long answers may be kept, as Apollo Server defines it. Federation hands it to the gateway as it is. */
const CACHE_CONTROL = `extend schema
  @link(url: "https://specs.souk.example/cacheControl/v0.1", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")

directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;

/** Give it as `subscribe` of a type-graphql `@Subscription`: the events come from the subgraph's `subscriptions`. */
export function fromSubscriptionSource(): never {
  throw new Error("the subscription has no source: name it in the subgraph's `subscriptions`");
}

const NO_PUBSUB = { publish: () => undefined, subscribe: fromSubscriptionSource };

/** The SDL of a subgraph as its `schema.graphql` holds it. Needs no instance of anything. */
export async function printSubgraphSchema(classes: GraphqlClasses): Promise<string> {
  return `${sdlOf(await typeGraphqlSchema(classes, { get: () => undefined }))}\n`;
}

/** The executable federation schema of a subgraph. @throws Error when `fields` names a type or a field that it lacks. */
export async function buildFederatedSchema(classes: GraphqlClasses, runtime: GraphqlRuntime): Promise<GraphQLSchema> {
  const schema = await typeGraphqlSchema(classes, { get: (type: ClassType<object>) => runtime.instanceOf(type) });
  const resolvers = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  for (const [type, fields] of Object.entries(nodeResolvers(schema)))
    resolvers[type] = { ...resolvers[type], ...fields };
  for (const [type, resolveReference] of Object.entries(runtime.references)) {
    resolvers[type] = {
      ...resolvers[type],
      __resolveReference: (reference: Record<string, unknown>, ctx: RequestContext, info: GraphQLResolveInfo) =>
        resolveReference(reference, ctx, info),
    };
  }
  for (const [type, fields] of Object.entries(runtime.fields)) {
    for (const field of Object.keys(fields))
      if (!resolvers[type]?.[field]) throw new Error(`no resolver class has a field ${type}.${field}`);
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  for (const [field, source] of Object.entries(runtime.subscriptions)) {
    resolvers['Subscription'] = {
      ...resolvers['Subscription'],
      [field]: {
        ...(resolvers['Subscription']?.[field] as object),
        subscribe: (_root: unknown, args: Record<string, unknown>, ctx: RequestContext) => source(args, ctx),
      },
    };
  }
  return buildSubgraphSchema([{ typeDefs: parse(sdlOf(schema)), resolvers: resolvers as never }]);
}

/** @throws Error for a list of a client's input without a maximum. */
async function typeGraphqlSchema(
  { resolvers, orphanedTypes }: GraphqlClasses,
  container: { get(type: never): unknown },
): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    orphanedTypes: [...orphanedTypes],
    container: container as never,
    validateFn: (value, _type, { info }) => checkArguments(value, info),
    pubSub: NO_PUBSUB,
    skipCheck: true, // a subgraph without queries of its own is not yet a valid schema
  });
  requireListMaxima(schema);
  return schema;
}

function sdlOf(schema: GraphQLSchema): string {
  const classes = printSchemaWithDirectives(schema).replace(/^schema\s*\{[^}]*\}\s*/m, '');
  const definitions = print(withSharedNodeIds(withListSizes(parse(classes))));
  const body = definitions.includes('@cacheControl') ? `${CACHE_CONTROL}\n${definitions}` : definitions;
  const used = DIRECTIVES.filter((directive) => new RegExp(`${directive}\\b`).test(body));
  return `extend schema @link(url: "${LINK}", import: [${used.map((directive) => JSON.stringify(directive)).join(', ')}])\n\n${body}`;
}
