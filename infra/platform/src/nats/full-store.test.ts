import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bells, ring } from '@souk/kit/messaging/testing';
import { HAS_NATS, startNats, until, type TestNats } from '@souk/kit/testing';
import { desiredTopology, migrateTopology, NatsEventBus, openNats, settingsInForce, type Nats } from './index.ts';

const suite = HAS_NATS ? describe : describe.skip;
const REASON = HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)';
const MIB = 1024 ** 2;

suite(`a NATS that has room for a few MiB${REASON}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-nats-full-'));
  const { Rang, publisher } = bells();
  let server: TestNats;
  let nats: Nats;
  beforeAll(async () => {
    const configuration = join(folder, 'nats.conf');
    writeFileSync(configuration, 'jetstream { max_file_store: 8MB }\n');
    server = await startNats(['-c', configuration]);
    nats = await openNats({ url: server.url, name: 'test', onError: () => undefined });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const migrate = (maxBytes: number) =>
    migrateTopology(nats, desiredTopology({ events: [Rang], readers: [] }, { partitions: 1, maxBytes }));

  test('refuses streams without room for them, and keeps the limit of the streams that it creates', async () => {
    await expect(migrate(64 * MIB)).rejects.toThrow('insufficient storage');
    await migrate(MIB);
    const manager = await nats.connection.jetstreamManager();
    const stream = `SOUK_${publisher.toUpperCase()}`;
    expect((await manager.streams.info(stream)).config).toMatchObject({ max_bytes: MIB, discard: 'old' });
    expect((await manager.streams.info('SOUK_DEAD_LETTERS')).config.max_bytes).toBe(MIB / 16);
    expect(await settingsInForce(nats)).toMatchObject({ maxBytes: MIB });
  });

  test('the full store is reported once, the events are stored once there is room, and the recovery is reported once', async () => {
    const reported: boolean[] = [];
    const bus = new NatsEventBus({
      nats,
      onError: () => undefined,
      onStoring: (isStoring) => void reported.push(isStoring),
    });
    const manager = await nats.connection.jetstreamManager();
    const stream = `SOUK_${publisher.toUpperCase()}`;
    const { config } = await manager.streams.info(stream);
    // Without a limit of its own, the stream grows until it reaches the limit of the server.
    await manager.streams.update(stream, { ...config, max_bytes: -1 });
    await manager.streams.add({ name: 'BALLAST', subjects: ['ballast'] });
    const ballast = () => nats.jetstream.publish('ballast', Buffer.alloc(MIB / 2));
    await expect(until(async () => void (await ballast()))).rejects.toThrow();

    const events = Array.from({ length: 400 }, () => ring(Rang, { times: 1 }));
    const round = () =>
      bus.publish(events).then(
        () => true,
        () => false,
      );
    expect([await round(), await round()]).toEqual([false, false]);
    expect([reported, bus.isStoring]).toEqual([[false], false]);

    await manager.streams.delete('BALLAST');
    await until(round);
    expect([reported, bus.isStoring]).toEqual([[false, true], true]);
    expect((await manager.streams.info(stream)).state.messages).toBe(400);
    await bus.stop();
  });
});
