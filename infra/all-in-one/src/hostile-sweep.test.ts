import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { hostileValues, replaced, sampleMembers, scalarsIn, type KnownValues } from './testing/hostile-values.ts';
import { LOGIN } from './testing/operations.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const USER_CREATE = 'mutation ($input: UserCreateInput!) { userCreate(input: $input) { userErrors { message } } }';

let installation: TestInstallation;
let souk: TestSouk;
let schema: GraphQLSchema;
let known: KnownValues;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  schema = buildClientSchema((await souk.data(getIntrospectionQuery())) as IntrospectionQuery);
  known = await existingEntities();
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/** Creates entities whose ids the calls use. With unknown ids most calls would end before Souk reads the hostile value. */
async function existingEntities(): Promise<KnownValues> {
  const { shop, buyer } = souk;
  const lamp = await shop.offer({ north: 1000, south: 1000 });
  const { NORTH, SOUTH } = shop.warehouses;
  const { productVariant } = await souk.data(
    'query ($sku: String) { productVariant(sku: $sku) { product { id } } }',
    lamp,
  );
  const [productId, orderId] = [productVariant.product.id, (await buyer.order(lamp)).id];
  const { id: variantId, cartId } = { id: lamp.variantId, cartId: await buyer.fillCart(lamp) };
  const warehouses = { warehouseId: NORTH, fromWarehouseId: NORTH, toWarehouseId: SOUTH };
  return { ...warehouses, productId, productIds: productId, orderId, variantId, cartId, sku: lamp.sku };
}

interface Attack {
  readonly field: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Returns one call with valid values, and one call for each hostile value in each argument. */
function attacksOn(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): Attack[] {
  const fine = sampleMembers(field.args, known);
  const input = field.args.flatMap(({ name, type }) => scalarsIn(type, [name]));
  const variants = input.flatMap(({ at, type }) =>
    hostileValues(type, String(at.at(-1))).map((value) => replaced(fine, at, value)),
  );
  const query = callOf(kind, field);
  return [fine, ...variants].map((values) => ({ field: field.name, query, variables: values as Attack['variables'] }));
}

function callOf(kind: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const named = getNamedType(type);
  const members = isObjectType(named) ? named.getFields() : {};
  const wanted = [
    'userErrors' in members ? 'userErrors { code message field }' : '__typename',
    ...('nodes' in members ? ['nodes { __typename } pageInfo { endCursor }'] : []),
  ];
  return `${kind} ${args.length > 0 ? `(${declared})` : ''} { ${name}${args.length > 0 ? `(${given})` : ''} { ${wanted.join(' ')} } }`;
}

/** Describes an internal error or an unclear message in the response to a call. Null when the response has neither. */
async function problemOf({ field, query, variables }: Attack): Promise<string | null> {
  const { status, data, errors } = await souk.run(query, variables, souk.owner);
  const refusals: { message: string }[] = data?.[field]?.userErrors ?? [];
  const isClear = [...errors, ...refusals].every(
    ({ message }) => message.length > 0 && !/went wrong|undefined|\[object/.test(message),
  );
  const isOurs = status >= 500 || errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR');
  return isOurs || !isClear
    ? `${field} ${JSON.stringify(variables).slice(0, 300)}: ${status} ${JSON.stringify([errors, refusals])}`
    : null;
}

test.each(['query', 'mutation'] as const)(
  'no value in any argument of any %s leads to an internal error',
  async (kind) => {
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    const attacks = Object.values(root?.getFields() ?? {}).flatMap((field) => attacksOn(kind, field));
    const problems: string[] = [];
    const waiting = attacks.values();
    const attackers = Array.from({ length: 8 }, async () => {
      for (const attack of waiting) problems.push(...[await problemOf(attack)].filter((problem) => problem !== null));
    });
    await Promise.all(attackers);
    expect(problems).toEqual([]);
    expect(attacks.length).toBeGreaterThan(100);
  },
);

/** Fields whose access check depends on the customer in the arguments, as docs/access-matrix.md states. */
const DECIDED_BY_CUSTOMER = ['cartMerge', 'customerAddressAdd'];

describe('the access matrix', () => {
  const matrix = readFileSync(new URL('../../../docs/access-matrix.md', import.meta.url), 'utf8');

  /** Reads a table of docs/access-matrix.md. @returns the cells of each row, by field */
  function rightsOf(root: string): ReadonlyMap<string, readonly string[]> {
    const section = matrix.split(`## ${root}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \|[^|]*\|(.*)\|$/gm)];
    return new Map(rows.map(([, field = '', marks = '']) => [field, marks.split('|').map((mark) => mark.trim())]));
  }

  /** Creates a user with a role and logs in. @returns the headers of the user */
  async function loggedIn(role: 'STAFF' | 'SHOPPER'): Promise<Readonly<Record<string, string>>> {
    const user = { email: `${role.toLowerCase()}@matrix.test`, password: 'a long password of the matrix' };
    await souk.data(USER_CREATE, { input: { ...user, role } }, souk.owner);
    const { login } = await souk.data(LOGIN, { input: user });
    return { authorization: `Bearer ${login.accessToken}` };
  }

  test('is what guests, shoppers, staff and owners get from every query and mutation', async () => {
    const callers = [{}, await loggedIn('SHOPPER'), await loggedIn('STAFF'), souk.owner];
    const wrong: string[] = [];
    for (const kind of ['query', 'mutation'] as const) {
      const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
      const fields = Object.values(root?.getFields() ?? {});
      const rights = rightsOf(String(root));
      expect([...rights.keys()]).toEqual(fields.map(({ name }) => name).toSorted());
      for (const field of fields.filter(({ name }) => !DECIDED_BY_CUSTOMER.includes(name))) {
        const [call] = attacksOn(kind, field);
        if (!call) continue;
        const marks = await Promise.all(
          callers.map(async (headers) => ((await isRefused(call, headers)) ? '–' : 'yes')),
        );
        if (marks.join() !== rights.get(field.name)?.join()) wrong.push(`${field.name}: ${marks.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  async function isRefused({ field, query, variables }: Attack, headers: Readonly<Record<string, string>>) {
    const { errors } = await souk.run(query, variables, headers);
    const codes = errors.filter(({ path }) => path?.[0] === field).map(({ extensions }) => extensions['code']);
    return codes.some((code) => code === 'FORBIDDEN' || code === 'UNAUTHENTICATED');
  }
});
