import { expect, test } from '@jest/globals';
import { execute, isInterfaceType, parse, subscribe, type ExecutionResult } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  type ClassType,
} from 'type-graphql';
import { systemContext, type RequestContext } from '../context/index.ts';
import { err, failure, money, ok } from '../domain/index.ts';
import {
  buildFederatedSchema,
  connectionTypes,
  fromSubscriptionSource,
  IdempotentInput,
  IntField,
  MoneyType,
  NestedListField,
  PageArgs,
  presentConnection,
  presentMoney,
  printSubgraphSchema,
  RequestLoader,
  respondWith,
  userErrorTypes,
  type GraphqlClasses,
  type GraphqlRuntime,
} from './index.ts';

const errors = userErrorTypes(['TOO_LOUD'], { TOO_LOUD: 'TooLoudError' });
const respond = respondWith(errors);

@ObjectType('TooLoudError', { implements: errors.UserError, simpleResolvers: true })
class TooLoudError extends errors.UserError {
  @Field(() => String)
  limit!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
class Bell {
  @Field(() => ID)
  id!: string;

  @Field(() => MoneyType)
  price!: MoneyType;
}

const { ConnectionType: BellConnection } = connectionTypes('Bell', Bell);

@InputType()
class Ring {
  @IntField({ min: 1, max: 9 })
  times!: number;
}

@InputType()
class BellRingInput extends IdempotentInput {
  @NestedListField(() => Ring, { max: 3 })
  rings!: Ring[];
}

@ObjectType({ simpleResolvers: true })
class BellRingPayload {
  @Field(() => Bell, { nullable: true })
  bell!: Bell | null;

  @Field(() => [errors.UserError])
  userErrors!: unknown[];
}

const bell = (id: string): Bell => ({ id, price: presentMoney(money(1990, 'EUR')) });
const page = {
  rows: ['a', 'b'],
  hasNextPage: true,
  hasPreviousPage: false,
  cursorOf: (row: string) => `cursor-${row}`,
};

@Resolver()
class BellResolver {
  readonly name = 'the instance';

  @Query(() => BellConnection)
  bells() {
    return presentConnection(page, bell);
  }

  @Mutation(() => BellRingPayload)
  bellRing(@Arg('input', () => BellRingInput) input: BellRingInput) {
    const tooLoud = { ...failure('TOO_LOUD', 'Too loud'), limit: '5' };
    return respond(
      input,
      async () => (input.rings[0]?.times === 9 ? err(tooLoud) : ok(this.name)),
      (id) => ({ bell: bell(id) }),
    );
  }

  @Subscription(() => Bell, { subscribe: fromSubscriptionSource })
  bellRang(@Root() id: string, @Ctx() _context: RequestContext) {
    return bell(id);
  }
}

@Resolver(() => Bell)
class BellFieldsResolver {
  @FieldResolver(() => String)
  chime(@Root() { id }: Bell, @Arg('times', () => Int, { defaultValue: 2 }) times: number) {
    return `${id} `.repeat(times).trim();
  }
}

@Resolver()
class BellTowerResolver {
  @Query(() => BellConnection)
  bellsByPage(@Args(() => PageArgs) _page: PageArgs) {
    return presentConnection(page, bell);
  }
}

const classes: GraphqlClasses = {
  resolvers: [BellResolver, BellFieldsResolver],
  orphanedTypes: [errors.GeneralUserError, errors.VersionConflictError, TooLoudError],
};
const instance = new BellResolver();
const batches: (readonly string[])[] = [];
const loader = new RequestLoader<string, Bell>(async (_context, ids) => {
  batches.push(ids);
  return new Map(ids.filter((id) => id !== 'none').map((id) => [id, bell(id)]));
});
const bellFields = new BellFieldsResolver();
const runtime: GraphqlRuntime = {
  instanceOf: <Type extends object>(_type: ClassType<Type>) => instance as unknown as Type,
  references: { Bell: ({ id }, ctx) => loader.load(ctx, String(id)) },
  subscriptions: {
    bellRang: async function* () {
      yield 'ding';
    },
  },
  fields: { Bell: { chime: (root: Bell, { times }: { times: number }) => bellFields.chime(root, times) } },
};
const schema = await buildFederatedSchema(classes, runtime);
const contextValue = systemContext('11111111-1111-4111-8111-111111111111', 'test', 'test');
const run = async (query: string) =>
  (await execute({ schema, document: parse(query), contextValue })) as ExecutionResult<
    Record<string, { userErrors?: unknown }>
  >;

test('the printed schema holds the federation directives and no unused type', async () => {
  const sdl = await printSubgraphSchema(classes);
  expect(sdl).toContain('import: ["@key", "@shareable", "@cost", "@composeDirective"]');
  expect(sdl).toContain('type Bell @key(fields: "id")');
  expect(sdl).toMatch(/enum UserErrorCode \{[^}]*TOO_LOUD/);
});

test('a list that takes `first` and `last` declares its size for cost analysis', async () => {
  const sdl = await printSubgraphSchema({ ...classes, resolvers: [...classes.resolvers, BellTowerResolver] });
  expect(sdl).toMatch(
    /bellsByPage\([^)]*\): BellConnection! @listSize\(assumedSize: 50, slicingArguments: \["first", "last"\], sizedFields: \["nodes", "edges"\], requireOneSlicingArgument: false\)/,
  );
  expect(sdl).toMatch(/import: \[[^\]]*"@listSize"/);
  expect(sdl.match(/@listSize\(/g)).toHaveLength(1);
});

test('a list has nodes, edges and a page', async () => {
  const { data } = await run(
    '{ bells { nodes { id price { amount currencyCode } } edges { cursor } pageInfo { hasPreviousPage startCursor hasNextPage endCursor } } }',
  );
  expect(data?.['bells']).toEqual({
    nodes: ['a', 'b'].map((id) => ({ id, price: { amount: '19.90', currencyCode: 'EUR' } })),
    edges: [{ cursor: 'cursor-a' }, { cursor: 'cursor-b' }],
    pageInfo: { hasPreviousPage: false, startCursor: 'cursor-a', hasNextPage: true, endCursor: 'cursor-b' },
  });
});

test('a cursor that no client selects is not computed', () => {
  const cursorOf = (row: string) => {
    if (row !== 'b') throw new Error('made');
    return 'cursor-b';
  };
  const list = { ...presentConnection({ ...page, cursorOf }, bell) };
  expect(list.pageInfo.endCursor).toBe('cursor-b');
  expect(() => list.edges[0]?.cursor).toThrow('made');
});

test('a field of a list is resolved by its plain function, with the arguments and defaults of its declaration', async () => {
  const { data } = await run('{ bells { nodes { chime thrice: chime(times: 3) } } }');
  expect(data?.['bells']).toEqual({
    nodes: [
      { chime: 'a a', thrice: 'a a a' },
      { chime: 'b b', thrice: 'b b b' },
    ],
  });
});

test('a plain function for an undeclared field is refused', async () => {
  const fields = { Bell: { chine: () => '' } };
  await expect(buildFederatedSchema(classes, { ...runtime, fields })).rejects.toThrow(
    'No resolver class declares the field Bell.chine',
  );
});

test('a mutation calls its resolver instance, and a failure becomes its own type', async () => {
  const ring = (times: number) =>
    run(
      `mutation { bellRing(input: { rings: [{ times: ${times} }] }) { bell { id } userErrors { __typename code ... on TooLoudError { limit } } } }`,
    );
  expect((await ring(1)).data?.['bellRing']).toEqual({ bell: { id: 'the instance' }, userErrors: [] });
  expect((await ring(9)).data?.['bellRing']).toEqual({
    bell: null,
    userErrors: [{ __typename: 'TooLoudError', code: 'TOO_LOUD', limit: '5' }],
  });
});

test('an invalid input is refused before the service, with the path to the field', async () => {
  const { data } = await run(
    'mutation { bellRing(input: { rings: [{ times: 1 }, { times: -1 }] }) { userErrors { __typename code message field } } }',
  );
  expect(data?.['bellRing']?.userErrors).toEqual([
    {
      __typename: 'GeneralUserError',
      code: 'INVALID_INPUT',
      message: 'times takes a whole number from 1 to 9',
      field: ['rings', '1', 'times'],
    },
  ]);
});

test('entities are loaded in one batch per request, unknown entities are null', async () => {
  const { data } = await run(
    '{ _entities(representations: [{ __typename: "Bell", id: "x" }, { __typename: "Bell", id: "none" }]) { ... on Bell { id } } }',
  );
  expect(data?.['_entities']).toEqual([{ id: 'x' }, null]);
  expect(batches).toEqual([['x', 'none']]);
});

test('a subscription delivers the events of its source', async () => {
  const stream = await subscribe({ schema, document: parse('subscription { bellRang { id } }'), contextValue });
  expect(Symbol.asyncIterator in stream).toBe(true);
  const first = await (stream as AsyncGenerator<ExecutionResult>).next();
  expect(first.value).toEqual({ data: { bellRang: { id: 'ding' } } });
});

test('the type of a user error is known at once, because compiled queries do not wait for a type', () => {
  const type = schema.getType('UserError');
  const value = { __typename: 'TooLoudError' };
  const resolved = isInterfaceType(type) && type.resolveType?.(value, contextValue, {} as never, type);
  expect(resolved).toBe('TooLoudError');
});
