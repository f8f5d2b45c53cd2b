import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES } from '../testing/sample/sample.entity.ts';
import { claimsInDatabase } from './index.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

test('a seal counts once in all processes, and no process can forget a seal', async () => {
  const processes = await Promise.all([1, 2].map(() => database.openOrm('sample', SAMPLE_ENTITIES)));
  const claims = processes.map((orm) => claimsInDatabase(orm));
  const expiresAt = new Date(Date.now() + 60_000);
  const seal = { id: randomUUID(), expiresAt };
  const outcomes = await Promise.all([...claims, ...claims].map((claim) => claim(seal)));
  expect(outcomes.filter((isNew) => isNew)).toHaveLength(1);
  expect(await claims[0]?.({ id: randomUUID(), expiresAt })).toBe(true);

  const app = await database.connect('sample_app');
  for (const statement of ['select from', 'delete from', 'truncate'])
    await expect(app.query(`${statement} sample.used_command_seal`)).rejects.toMatchObject({ code: '42501' });
});
