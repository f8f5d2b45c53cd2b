import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HAS_NATS, startNats, type TestNats } from '../testing/index.ts';
import { desiredTopology, migrateTopology, openNats, type Nats } from './index.ts';

const describeNats = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';

describeNats(`the migration of streams and consumers${REASON}`, () => migrations());

function migrations(): void {
  let server: TestNats;
  let nats: Nats;
  beforeAll(async () => {
    server = await startNats();
    nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
  });

  const events = [{ subject: 'shelf.shelf.counted', version: 1 }];
  const reader = (batchSize = 1) => ({ name: `test.${randomUUID().slice(0, 8)}`, events, batchSize });
  const UNCHANGED = { created: [], updated: [], undeclared: [] };

  test('run again, or by several at once, it changes nothing', async () => {
    const topology = desiredTopology({ events, readers: [reader(), reader(50)] }, { partitions: 2 });
    const { created } = await migrateTopology(nats, topology);
    expect(created).toContain('SOUK_SHELF');
    expect(created).toHaveLength(4 + 2 + 1 + 2 + 1); // streams, partitions, batches, replays, turn
    const again = await Promise.all([1, 2, 3].map(() => migrateTopology(nats, topology)));
    expect(again).toEqual([UNCHANGED, UNCHANGED, UNCHANGED]);
    const manager = await nats.connection.jetstreamManager();
    expect((await manager.streams.info('SOUK_TURNS')).state.messages).toBe(1);
  });

  test('it brings settings up to date, tells of consumers that nobody declares, and deletes them when told to', async () => {
    const [kept, dropped] = [reader(), reader()];
    await migrateTopology(nats, desiredTopology({ events, readers: [kept, dropped] }, { partitions: 1 }), true);
    const later = desiredTopology({ events, readers: [kept] }, { partitions: 1, keepDays: 3 });
    const { updated, undeclared } = await migrateTopology(nats, later);
    expect(updated).toEqual(['SOUK_SHELF']);
    const durable = dropped.name.replace('.', '_');
    expect(undeclared.toSorted()).toEqual([`SOUK_REPLAYS/${durable}_replays`, `SOUK_SHELF/${durable}_shelf_0`]);
    await migrateTopology(nats, later, true);
    expect(await migrateTopology(nats, later)).toEqual(UNCHANGED);
  });
}
