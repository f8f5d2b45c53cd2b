import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  isAbstractType,
  parse,
  print,
  type GraphQLAbstractType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql';
import { buildSchema, createResolversMap, type ClassType, type NonEmptyArray } from 'type-graphql';
import type { RequestContext } from '../context/index.ts';
import { checkArguments } from './check-arguments.ts';
import { requireListMaxima } from './list-maxima.ts';
import { withListSizes } from './list-sizes.ts';
import { nodeResolvers, withSharedNodeIds } from './node.types.ts';

/** The GraphQL classes of a subgraph. */
export interface GraphqlClasses {
  readonly resolvers: NonEmptyArray<ClassType>;
  /** Types that are not reachable from a root field: entity stubs of other subgraphs, and implementers of interfaces. */
  readonly orphanedTypes: readonly ClassType[];
}

/** The instances and functions that an executable schema needs. */
export interface GraphqlRuntime {
  instanceOf<Resolver extends object>(type: ClassType<Resolver>): Resolver;
  readonly references: ReferenceResolvers;
  readonly subscriptions: SubscriptionSources;
  readonly fields: FieldResolvers;
}

/**
 * The function that loads an entity, for each entity type. The function receives the gateway's representation (the key fields), and returns
 * null when the entity does not exist.
 */
export type ReferenceResolvers = Readonly<
  Record<
    string,
    (reference: Readonly<Record<string, unknown>>, ctx: RequestContext, info: GraphQLResolveInfo) => unknown
  >
>;

/**
 * The fields, by type, that graphql-js resolves with these functions instead of with type-graphql. Type-graphql injects the parameters of
 * each call in asynchronous steps, which takes half of the time of a list when every row has such a field. graphql-js completes a value
 * synchronously when the value is not a promise. The `@FieldResolver` is still needed, because it declares the field, and the function
 * calls it. Arguments that the client omits are missing in `args`.
 */
export type FieldResolvers = Readonly<
  Record<
    string,
    // `never` accepts functions with any types of root and arguments, because these types differ from field to field.
    Readonly<Record<string, (root: never, args: never, ctx: RequestContext, info: GraphQLResolveInfo) => unknown>>
  >
>;

/** The events of each subscription field. Each event becomes the root value of the field's resolver method. */
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

/** Declares how long responses may be cached, as Apollo Server defines it. Composition passes the directive to the gateway unchanged. */
const CACHE_CONTROL = `extend schema
  @link(url: "https://specs.souk.example/cacheControl/v0.1", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")

directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;

/**
 * The `subscribe` option of every type-graphql `@Subscription`. It is replaced by the function in the subgraph's `subscriptions`.
 * @throws Error when that function is missing
 */
export function fromSubscriptionSource(): never {
  throw new Error("The subscription has no source. Add one to the subgraph's `subscriptions`");
}

const NO_PUBSUB = { publish: () => undefined, subscribe: fromSubscriptionSource };

/** Prints the SDL of a subgraph, as `schema.graphql` contains it. Resolver instances are not needed. */
export async function printSubgraphSchema(classes: GraphqlClasses): Promise<string> {
  return `${sdlOf(await typeGraphqlSchema(classes, { get: () => undefined }))}\n`;
}

/**
 * Returns the type name of a value synchronously when the value has a `__typename`. The resolver of type-graphql is asynchronous, and
 * compiled queries do not await it (graphql-jit 0.8.9: "Runtime Object type ... is not a possible type").
 */
function typeOfValue({ resolveType }: GraphQLAbstractType): GraphQLTypeResolver<unknown, unknown> {
  return (value, ...rest) => (value as { readonly __typename?: string }).__typename ?? resolveType?.(value, ...rest);
}

/** Builds the executable federation schema of a subgraph. @throws Error when `fields` names an unknown type or field */
export async function buildFederatedSchema(classes: GraphqlClasses, runtime: GraphqlRuntime): Promise<GraphQLSchema> {
  const schema = await typeGraphqlSchema(classes, { get: (type: ClassType<object>) => runtime.instanceOf(type) });
  const resolvers = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  for (const type of Object.values(schema.getTypeMap()))
    if (isAbstractType(type)) resolvers[type.name] = { ...resolvers[type.name], __resolveType: typeOfValue(type) };
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
      if (!resolvers[type]?.[field])
        throw new Error(
          `No resolver class declares the field ${type}.${field}. Add a @FieldResolver, or remove the plain function`,
        );
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

/** Builds the schema with type-graphql. @throws Error when an input list has no maximum */
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
    skipCheck: true, // a subgraph without own queries is not a valid schema before composition
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
