import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bells, ring } from '../messaging/testing/bells.ts';
import { UnitOfWork } from '../persistence/index.ts';
import { createTestDatabase, recordQueries, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES, type SampleSchema } from '../testing/sample/sample.entity.ts';
import { eventConsumer } from './event-consumer.ts';
import { subscriber } from './subgraph.ts';

let database: TestDatabase;
let unitOfWork: UnitOfWork<SampleSchema>;
beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
});
afterAll(() => database.drop());

test('a subscriber handles the events that concern it once, and other events open no transaction', async () => {
  const { Rang } = bells();
  const handled: number[] = [];
  const loud = subscriber<SampleSchema, { times: number }>(
    { name: 'sample.loud', event: Rang },
    async (_tx, { times }) => void handled.push(times),
    ({ times }) => times > 2,
  );
  const consumer = eventConsumer(loud, unitOfWork);
  const tenantId = randomUUID();
  const rings = [1, 3, 2, 4].map((times) => ring(Rang, { times, tenantId }));
  await consumer.handle(rings);
  await consumer.handle(rings);
  expect(handled).toEqual([3, 4]);
  const { statements } = await recordQueries(() => consumer.handle([ring(Rang, { times: 1, tenantId })]));
  expect(statements).toEqual([]);
});
