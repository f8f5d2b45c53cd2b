import { expect, test } from '@jest/globals';
import { DatabaseOutage, isCertainlyNotCommitted, isLostConnection, unavailableOf } from './database-outage.ts';

test.each([
  ['57014', 'canceled this request'],
  ['57P01', 'is unavailable'],
  ['ECONNREFUSED', 'is unavailable'],
])('callers learn that the database is unavailable (%s)', (code, words) => {
  const error = unavailableOf(Object.assign(new Error('select secret'), { code }));
  expect(error).toMatchObject({
    message: expect.stringContaining(words),
    extensions: { code: 'DATABASE_UNAVAILABLE' },
  });
  const other = new Error('a mistake of ours');
  expect(unavailableOf(other)).toBe(other);
});

test('used-up connections are reported as such, and the log names the settings', () => {
  const refused = Object.assign(new Error('too many connections for role "orders_app"'), { code: '53300' });
  const error = unavailableOf(refused);
  expect(error).toMatchObject({
    message: 'The database has no free connection. Try again in a few seconds',
    extensions: { code: 'DATABASE_UNAVAILABLE' },
    cause: {
      message: expect.stringMatching(
        /too many connections for role "orders_app".*DATABASE_POOL.*DATABASE_APP_CONNECTIONS/,
      ),
      cause: refused,
    },
  });
});

test('work waits for a database that was lost a moment ago, and fails at once in a longer outage', async () => {
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

test('work that loses the database again and again while others get through is not retried any more', async () => {
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
  [
    'no server listens',
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    true,
  ],
  ['the server starts', Object.assign(new Error('the database system is starting up'), { code: '57P03' }), true],
  ['the machine is gone', Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT' }), true],
  ['no server answers', new Error('Connection terminated due to connection timeout'), true],
  ['the connection was cut', new Error('Connection terminated unexpectedly'), true],
  ['the ORM wrapped the error', new Error('select 1 - Connection terminated unexpectedly'), true],
  ['a constraint refuses a value', Object.assign(new Error('duplicate key value'), { code: '23505' }), false],
  ['the value is not an error', 'Connection terminated', false],
])('whether the database was lost is known of an error: %s', (_what, error, lost) => {
  expect(isLostConnection(error)).toBe(lost);
});

test('a commit that was never sent, or came after Postgres had ended the transaction, is certainly not committed', () => {
  expect(isCertainlyNotCommitted(new Error('Client has encountered a connection error and is not queryable'))).toBe(
    true,
  );
  expect(isCertainlyNotCommitted(Object.assign(new Error('idle'), { code: '25P03' }))).toBe(true);
  expect(isCertainlyNotCommitted(new Error('Connection terminated unexpectedly'))).toBe(false);
});
