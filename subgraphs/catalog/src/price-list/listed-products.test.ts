import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { testActors, until } from '@souk/kit/testing';
import type { Client } from 'pg';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
let tenantId: string;
let ids: { readonly list: string; readonly variants: readonly [string, string] };

beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());
beforeEach(async () => {
  const { system } = testActors([]);
  ({ tenantId } = system);
  await catalog.services.importProducts(system, [shirt({ slug: 'shirt' })]);
  await catalog.services.importPriceLists(system, [{ code: 'sale', name: 'Sale', currency: 'EUR', prices: [] }]);
  const { rows } = await (
    await inShop()
  ).query<{ list: string; variants: [string, string] }>(
    'select (select id from price_list) as list, array(select id from product_variant order by position) as variants',
  );
  ids = rows[0] as typeof ids;
});

/** A database connection of the application role, in the tenant of the test. */
async function inShop(): Promise<Client> {
  const client = await catalog.database.connect('catalog_app');
  await client.query(`select set_config('app.tenant_id', $1, false), set_config('search_path', 'catalog', false)`, [
    tenantId,
  ]);
  return client;
}

const add = (client: Client, variantId: string) =>
  client.query(
    `insert into price_list_price (price_list_id, variant_id, from_quantity, currency, unit_price, amount_minor)
     values ($1, $2, 1, 'EUR', 5, 500)`,
    [ids.list, variantId],
  );
const remove = (client: Client, variantId: string) =>
  client.query('delete from price_list_price where variant_id = $1', [variantId]);

async function isMarked(client: Client): Promise<boolean | undefined> {
  const { rows } = await client.query<{ marked: boolean }>('select has_listed_prices as marked from product');
  return rows[0]?.marked;
}

async function isWaiting(client: Client, watcher: Client): Promise<boolean> {
  const { rows } = await watcher.query(`select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`, [
    (client as unknown as { readonly processID: number }).processID,
  ]);
  return rows.length === 1;
}

test('a product is marked from the first price of its variants in a list to the last', async () => {
  const client = await inShop();
  const [small, medium] = ids.variants;
  expect(await isMarked(client)).toBe(false);
  await add(client, small);
  await add(client, medium);
  expect(await isMarked(client)).toBe(true);
  await remove(client, small);
  expect(await isMarked(client)).toBe(true);
  await remove(client, medium);
  expect(await isMarked(client)).toBe(false);
});

test.each(['adds', 'removes'] as const)(
  'the transaction that %s a price first and the other one leave the product marked',
  async (first) => {
    const [adding, removing] = [await inShop(), await inShop()];
    const [small, medium] = ids.variants;
    await add(removing, small);
    const steps = { adds: () => add(adding, medium), removes: () => remove(removing, small) };
    const [one, other] = first === 'adds' ? [adding, removing] : [removing, adding];
    await one.query('begin');
    await other.query('begin');
    await steps[first]();
    const second = first === 'adds' ? steps.removes() : steps.adds();
    const watcher = await catalog.database.connect();
    await until(() => isWaiting(other, watcher));
    await one.query('commit');
    await second;
    await other.query('commit');
    expect(await isMarked(adding)).toBe(true);
  },
);
