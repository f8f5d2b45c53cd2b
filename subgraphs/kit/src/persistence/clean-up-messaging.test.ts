import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES } from '../testing/sample/sample.entity.ts';
import { cleanUpMessaging } from './index.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

test('expired rows of every tenant are deleted in batches, and other rows stay', async () => {
  const admin = await database.connect();
  const orm = await database.openOrm('sample', SAMPLE_ENTITIES);
  await admin.query(`
    insert into sample.idempotency_record (tenant_id, key, fingerprint, created_at)
    select gen_random_uuid(), n::text, '', now() - n * interval '1 minute' from generate_series(1, 2500) n;
    insert into sample.inbox_event (tenant_id, consumer, event_id, handled_at)
    select gen_random_uuid(), 'c', gen_random_uuid(), now() - n * interval '1 day' from generate_series(1, 40) n;
    insert into sample.used_command_seal (id, expires_at)
    select gen_random_uuid(), now() - n * interval '1 minute' from generate_series(-1, 7) n`);

  // The records of minute 1440 and day 30 are expired, because the clean-up runs a moment after the insert.
  expect(await cleanUpMessaging(orm)).toEqual({
    idempotencyRecords: 2500 - 1439,
    inboxEvents: 40 - 29,
    commandSeals: 3,
  });
  const { rows } = await admin.query(`
    select (select count(*)::int from sample.idempotency_record) as records,
           (select count(*)::int from sample.inbox_event) as handled,
           (select count(*)::int from sample.used_command_seal) as seals`);
  expect(rows).toEqual([{ records: 1439, handled: 29, seals: 6 }]);
});
