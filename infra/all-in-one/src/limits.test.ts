import { expect, test } from '@jest/globals';
import {
  composeSupergraph,
  DEFAULT_COST,
  DEFAULT_OPERATION_LIMITS,
  DEFAULT_RATES,
  operationMeter,
  readManifestFile,
  readSupergraphFile,
  staffBudget,
  type OperationSize,
} from '@souk/gateway';
import { buildSchema, getIntrospectionQuery, isInputObjectType, getNamedType, type GraphQLField } from 'graphql';
import { readFile } from 'node:fs/promises';
import { MANIFEST_FILE, CARTS, SENSITIVE_FIELDS, SUPERGRAPH_FILE } from '@souk/deployment/gateway';
import { soukExamples } from '@souk/demo/playground';
import * as tour from '@souk/demo/tour';

const measure = operationMeter(composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE)));
const { operations } = await readManifestFile(MANIFEST_FILE);
const schema = buildSchema(await readFile(new URL('../../../clients/sdk/schema.graphql', import.meta.url), 'utf8'));

const LIMITS: OperationSize = { ...DEFAULT_OPERATION_LIMITS, cost: DEFAULT_COST.maximum };
const ORDER = { id: 'o', accessToken: 't', fulfillmentId: 'f' };
const { tabs } = soukExamples({
  tenantId: 't',
  staff: { email: 'e', password: 'p', accessToken: 's' },
  customerToken: 'c',
  variantId: 'v',
  order: ORDER,
});

/** Variables that give an operation its highest cost: the largest page, the total count, and a cart with 100 lines. */
const LARGEST = { first: 200, total: true, input: { lines: Array.from({ length: 100 }, () => ({ quantity: 1 })) } };

const OURS: readonly (readonly [name: string, text: string, variables: Readonly<Record<string, unknown>>])[] = [
  ...operations.map(({ name, body }) => [name, body, LARGEST] as const),
  ...Object.entries(tour).map(([name, text]) => [`the tour's ${name}`, text, LARGEST] as const),
  ...tabs.map(
    ({ query, variables = '{}' }, index) => [`playground tab ${index + 1}`, query, JSON.parse(variables)] as const,
  ),
];

test.each(OURS)('%s needs less than half of each limit, with the largest pages', (_name, text, variables) => {
  const size = measure(text, variables);
  const limits = Object.keys(LIMITS) as (keyof OperationSize)[];
  const near = limits.filter((limit) => size[limit] > LIMITS[limit] / 2);
  expect(near.map((limit) => `${limit} ${size[limit]} of ${LIMITS[limit]}`)).toEqual([]);
});

test('a menu of two levels needs no `first`', () => {
  const item = 'id slug name';
  const menu = `{ categories { nodes { ${item} children { nodes { ${item} children { nodes { ${item} } } } } products { nodes { ${item} priceRange { minimum { amount } } } } } } }`;
  expect(measure(menu).cost).toBeLessThan(DEFAULT_COST.maximum);
});

test('an introspection query is below the limits, and an operation with many aliased introspections is above', () => {
  const query = getIntrospectionQuery({ oneOf: true, inputValueDeprecation: true, specifiedByUrl: true });
  expect(measure(query).cost).toBeLessThan(DEFAULT_COST.maximum);
  const types =
    'types { name inputFields { name type { name } } fields { name args { name type { name } } type { name ofType { name } } } enumValues { name } }';
  const aliased = Array.from({ length: 20 }, (_, index) => `a${index}: __schema { ${types} }`);
  expect(measure(`{ ${aliased.join(' ')} }`).cost).toBeGreaterThan(DEFAULT_COST.maximum);
});

test.each(operations.map(({ name, body }) => [name, body] as const))(
  '%s, sent as often as the rates allow, stays within the budget of cost',
  (_name, text) => {
    const { cost } = measure(text, { total: true, input: { lines: Array.from({ length: 20 }, () => ({})) } });
    const callers = [
      ...Object.entries(DEFAULT_RATES.plans).map(([plan, rate]) => ({ rate, ...staffBudget(DEFAULT_RATES, plan) })),
      { rate: DEFAULT_RATES.shopperPerMinute, ...DEFAULT_RATES.userBudget },
    ];
    for (const { rate, capacity, restoredPerSecond } of callers) {
      expect((cost * rate) / 60).toBeLessThanOrEqual(restoredPerSecond);
      expect(cost * rate).toBeLessThanOrEqual(capacity); // All requests of a minute at once.
    }
  },
);

test('a product with all its variants costs less than 1,000 points', () => {
  const managed = operations.find(({ name }) => name === 'ManagedProduct');
  expect(measure(managed?.body ?? '').cost).toBeLessThan(1000);
});

test('the cost of a list is proportional to its page size', () => {
  const text =
    'query ($first: Int!) { products(first: $first) { nodes { variants(first: $first) { nodes { id } } } } }';
  expect(measure(text, { first: 10 }).cost).toBe(1 + 10 * (1 + 1 + 10));
  expect(measure(text, { first: 200 }).cost).toBeGreaterThan(DEFAULT_COST.maximum);
});

test('a login costs 100 points, because hashing a password is expensive', () => {
  expect(measure('mutation ($input: LoginInput!) { login(input: $input) { expiresAt } }').cost).toBe(100);
});

const argumentsOf = ({ args }: GraphQLField<unknown, unknown>) =>
  args.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    const inner = isInputObjectType(named) ? Object.keys(named.getFields()) : [];
    return [name, ...inner.map((field) => `${name}.${field}`)];
  });
const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, argumentsOf(field)] as const),
);

test('every operation with a cart id counts for its cart', () => {
  const naming = rootFields.flatMap(([coordinate, args]) => (args.includes('input.cartId') ? [coordinate] : []));
  expect(Object.keys(CARTS)).toEqual(expect.arrayContaining(naming));
});

test.each([CARTS, ...Object.values(SENSITIVE_FIELDS)].flatMap((fields) => Object.entries<string | null>(fields)))(
  'a field with a rate of its own is in the schema: %s by %s',
  (coordinate, argument) => {
    const args = new Map<string, readonly string[]>(rootFields).get(coordinate);
    expect(argument === null ? args : args?.includes(argument)).toBeTruthy();
  },
);
