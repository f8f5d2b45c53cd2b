import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@souk/kit/testing';
import type { Client } from 'pg';
import { BOOK_RULES } from './book-rules.ts';
import { bookProblems } from './books.ts';
import { LoadLog } from './load-log.ts';

let database: TestDatabase;
let admin: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = await database.connect();
});
afterAll(() => database.drop());

const cartId = randomUUID();

function logOf(order: { id: string; number: string } | null, reason: string | null = null): LoadLog {
  const log = new LoadLog();
  const times = { begunAt: 0, endedAt: 1 };
  log.purchases.push({ sku: 'LAMP', quantity: 1, idempotencyKey: randomUUID(), cartId, ...times, order, reason });
  return log;
}

test('empty books are balanced', async () => {
  expect(await bookProblems(admin, new LoadLog())).toEqual([]);
});

test('a buyer without an order, and a missing order, are found', async () => {
  expect(await bookProblems(admin, logOf(null, 'timed out'))).toEqual(['a buyer has no order (1): timed out']);
  expect(await bookProblems(admin, logOf({ id: randomUUID(), number: 'D-1' }))).toEqual([
    `an order is lost or duplicated (1): D-1 was confirmed for cart ${cartId}`,
  ]);
});

test('each rule finds its violation', async () => {
  const [tenant, order, payment, level, warehouse] = Array.from({ length: 5 }, () => randomUUID());
  await admin.query(`
    set session_replication_role = replica; -- no foreign keys: the rest of the shop is not needed
    insert into orders.sales_order (tenant_id, id, number, cart_id, email, locale, currency, subtotal_minor, discount_minor, shipping_minor,
        tax_minor, total_minor, shipping_address, shipping_method_name, placed_at, status, payment_status, fulfillment_status)
      values ('${tenant}', '${order}', 'D-1', '${cartId}', 'a@b.test', 'en', 'EUR', 1000, 0, 0, 0, 1000, '{}', 'Standard', now(),
        'PLACED', 'AUTHORIZED', 'UNFULFILLED');
    insert into payments.payment (tenant_id, id, order_id, provider, status, currency, amount_minor, authorized_minor, captured_minor)
      values ('${tenant}', '${payment}', '${order}', 'TEST', 'CAPTURED', 'EUR', 500, 500, 500);
    insert into payments.test_provider_charge (tenant_id, idempotency_key, authorization_key, kind, amount_minor, reference)
      values ('${tenant}', 'stray', 'stray', 'AUTHORIZE', 500, 'stray');
    insert into inventory.warehouse (tenant_id, id, code, name, country_code) values ('${tenant}', '${warehouse}', 'W', 'W', 'DE');
    insert into inventory.stock_level (tenant_id, id, warehouse_id, sku, on_hand)
      values ('${tenant}', '${level}', '${warehouse}', 'LAMP', 5);
    insert into catalog.variant_stock (tenant_id, sku, available) values ('${tenant}', 'LAMP', 3);
    set session_replication_role = default`);
  const problems = await bookProblems(admin, logOf({ id: order ?? '', number: 'D-1' }));
  expect(problems.map((each) => each.replace(/ \(\d+\):.*/, ''))).toEqual(BOOK_RULES.map(({ violation }) => violation));
});
