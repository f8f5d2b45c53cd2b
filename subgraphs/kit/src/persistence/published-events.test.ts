import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import type { EventEnvelope } from '../contracts/index.ts';
import { createTestDatabase, testContext, until, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES } from '../testing/sample/sample.entity.ts';
import { forgetPublishedEvents, keepPublishedEvents, OutboxRelay, publishAgain, UnitOfWork } from './index.ts';

let database: TestDatabase;
let orm: MikroORM;
let admin: Client;
const ctx = testContext();
const relays: OutboxRelay[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await database.openOrm('sample', SAMPLE_ENTITIES);
  admin = await database.connect();
});
afterAll(() => database.drop());
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await admin.query('truncate sample.published_event');
});

/** A broker's stream. `publish` fails while the stream does not exist. */
class Stream {
  exists = true;
  readonly stored: EventEnvelope[] = [];

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    if (!this.exists) throw new Error('no stream');
    this.stored.push(...envelopes);
  }

  get numbers(): unknown[] {
    return this.stored.map(({ data }) => data);
  }
}

function startRelay(stream: Stream): void {
  const relay = new OutboxRelay({
    url: database.url('sample_relay'),
    schema: 'sample',
    pollMs: 20,
    publish: (envelopes) => stream.publish(envelopes),
    onError: () => undefined,
  });
  relays.push(relay);
  relay.start();
}

async function append(...numbers: readonly number[]): Promise<void> {
  const unitOfWork = new UnitOfWork<unknown>(orm);
  const aggregateId = randomUUID();
  for (const number of numbers)
    await unitOfWork.run(ctx, async (tx) =>
      tx.outbox.append({ subject: 'sample.shelf.counted', version: 1, aggregateId, payload: number }),
    );
}

const kept = async () => (await admin.query('select from sample.published_event')).rowCount;

test('where events stay in one process, published events are not kept', async () => {
  const stream = new Stream();
  startRelay(stream);
  await append(1);
  await until(() => stream.stored.length === 1);
  expect(await kept()).toBe(0);
});

test('after the loss of a stream the kept events are published again, unchanged and before newer ones', async () => {
  await keepPublishedEvents(admin, 'sample', null);
  const lost = new Stream();
  startRelay(lost);
  await append(1, 2, 3);
  await until(() => lost.stored.length === 3);
  lost.exists = false;
  await append(4);

  expect(await publishAgain(admin, 'sample')).toBe(3);
  const anew = new Stream();
  startRelay(anew);
  await until(() => anew.stored.length === 4);
  expect(anew.numbers).toEqual([1, 2, 3, 4]);
  expect(anew.stored.slice(0, 3)).toEqual(lost.stored);
  expect(await publishAgain(admin, 'sample')).toBe(4); // the new stream may be lost too
  await until(() => anew.stored.length === 8);
});

test('events are forgotten after their time, and not at all kept for 0 minutes', async () => {
  await keepPublishedEvents(admin, 'sample', 30);
  await keepPublishedEvents(admin, 'sample', null); // keeps the present value
  const stream = new Stream();
  startRelay(stream);
  await append(1, 2);
  await until(async () => (await kept()) === 2);
  await admin.query(
    `update sample.published_event set published_at = now() - interval '31 minutes' where payload = '1'`,
  );
  expect(await forgetPublishedEvents(orm)).toBe(1);
  expect(await kept()).toBe(1);

  await keepPublishedEvents(admin, 'sample', 0);
  await append(3);
  await until(() => stream.stored.length === 3);
  expect(await kept()).toBe(1);
});

test('a parked event that an operator deletes is not published again, and no login role reaches the kept events', async () => {
  await keepPublishedEvents(admin, 'sample', 10);
  await append(1);
  await admin.query(`update sample.outbox_event set parked_at = now(); delete from sample.outbox_event`);
  expect(await kept()).toBe(0);
  for (const role of ['sample_app', 'sample_relay']) {
    const client = await database.connect(role);
    for (const statement of [
      'select from sample.published_event',
      'update sample.published_retention set keep_for = null',
      'select sample.publish_again(1)',
    ])
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  }
});
