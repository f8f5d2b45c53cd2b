import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestUnitOfWork, type TestDatabase } from '@souk/kit/testing';
import type { OrdersUnitOfWork } from '../database.ts';
import { orders } from '../index.ts';
import { attemptCleanUpJob } from './attempt-clean-up.job.ts';

let database: TestDatabase;
let unitOfWork: OrdersUnitOfWork;
beforeAll(async () => void ({ database, unitOfWork } = await openTestUnitOfWork(orders)));
afterAll(() => database.drop());

test('the job deletes the counts of all tenants whose window has ended, and no others', async () => {
  const admin = await database.connect();
  for (const tenantId of [randomUUID(), randomUUID()])
    await admin.query(
      `insert into orders.attempt_count (tenant_id, brake, subject, attempts, ends_at)
       values ($1, 'sample', 'ended', 1, now() - interval '1 minute'), ($1, 'sample', 'running', 1, now() + interval '1 hour')`,
      [tenantId],
    );
  await attemptCleanUpJob(unitOfWork).run();
  const { rows } = await admin.query('select subject from orders.attempt_count');
  expect(rows).toEqual([{ subject: 'running' }, { subject: 'running' }]);
});
