import { expect, test } from '@jest/globals';
import { DatabaseOutage, isCertainlyNotCommitted, isLostConnection, unavailableOf } from './database-outage.ts';

test.each([
  ['57014', 'has stopped this request'],
  ['57P01', 'does not answer'],
  ['ECONNREFUSED', 'does not answer'],
])('callers may know that the database does not serve (%s)', (code, words) => {
  const error = unavailableOf(Object.assign(new Error('select secret'), { code }));
  expect(error).toMatchObject({
    message: expect.stringContaining(words),
    extensions: { code: 'DATABASE_UNAVAILABLE' },
  });
  const other = new Error('a mistake of ours');
  expect(unavailableOf(other)).toBe(other);
});

test('everybody waits for a database that went away a moment ago, and nobody for one that stays away', async () => {
  let now = 0;
  const outage = new DatabaseOutage(() => now);
  expect(await outage.patience()()).toBe(true);
  now = 5000;
  expect(await outage.patience()()).toBe(true);
  now = 5001;
  expect(await outage.patience()()).toBe(false);
  outage.over();
  expect(await outage.patience()()).toBe(true);
});

test('work that loses the database again and again while others get through is given up', async () => {
  let now = 0;
  const outage = new DatabaseOutage(() => now);
  const worthAnotherTry = outage.patience();
  for (now = 0; now <= 5000; now += 2500) {
    expect(await worthAnotherTry()).toBe(true);
    outage.over();
  }
  expect(await worthAnotherTry()).toBe(false);
  expect(await outage.patience()()).toBe(true);
});

test.each([
  ['nobody listens', Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }), true],
  ['it starts', Object.assign(new Error('the database system is starting up'), { code: '57P03' }), true],
  ['its machine is gone', Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT' }), true],
  ['nobody answers', new Error('Connection terminated due to connection timeout'), true],
  ['it was cut', new Error('Connection terminated unexpectedly'), true],
  ['an entity met it', new Error('select 1 - Connection terminated unexpectedly'), true],
  ['it refuses a value', Object.assign(new Error('duplicate key value'), { code: '23505' }), false],
  ['it is no error', 'Connection terminated', false],
])('whether the database was lost is known of an error: %s', (_what, error, lost) => {
  expect(isLostConnection(error)).toBe(lost);
});

test('a commit that was never sent, or came after Postgres had given the transaction up, did not happen', () => {
  expect(isCertainlyNotCommitted(new Error('Client has encountered a connection error and is not queryable'))).toBe(
    true,
  );
  expect(isCertainlyNotCommitted(Object.assign(new Error('idle'), { code: '25P03' }))).toBe(true);
  expect(isCertainlyNotCommitted(new Error('Connection terminated unexpectedly'))).toBe(false);
});
