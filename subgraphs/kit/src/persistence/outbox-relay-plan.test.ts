import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { createTestDatabase, until, type TestDatabase } from '../testing/index.ts';
import { OutboxRelay } from './index.ts';

const EVENTS = 10_000;
const BATCHES = EVENTS / 500;

let database: TestDatabase;
let admin: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = await database.connect();
});
afterAll(() => database.drop());

/** The number of scans of the complete outbox, and of scans by an index. */
async function scans(): Promise<{ readonly whole: number; readonly byIndex: number }> {
  const { rows } = await admin.query<{ whole: number; byIndex: number }>(
    `select seq_scan::float8 as whole, idx_scan::float8 as "byIndex"
       from pg_stat_user_tables where schemaname = 'sample' and relname = 'outbox_event'`,
  );
  return rows[0] ?? { whole: 0, byIndex: 0 };
}

test('the relay reads and deletes by its index in a large outbox without statistics', async () => {
  await admin.query(
    `insert into sample.outbox_event (tenant_id, subject, version, aggregate_id, payload)
     select gen_random_uuid(), 'sample.shelf.counted', 1, gen_random_uuid(), '{}' from generate_series(1, $1::integer)`,
    [EVENTS],
  );
  const before = await scans();
  let published = 0;
  const relay = new OutboxRelay({
    url: database.url('sample_relay'),
    schema: 'sample',
    publish: async (envelopes) => void (published += envelopes.length),
    onError: (error) => {
      throw error;
    },
  });
  relay.start();
  await until(() => published === EVENTS, 30_000);
  await relay.stop(); // Postgres counts the reads of a session when the session ends.
  const after = await until(async () => {
    const now = await scans();
    return now.whole + now.byIndex - before.whole - before.byIndex >= 2 * BATCHES && now;
  });
  expect(after.whole - before.whole).toBe(0);
});
