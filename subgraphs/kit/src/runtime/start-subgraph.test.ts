import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { systemClock } from '../domain/index.ts';
import { InProcessCommands, InProcessEventBus } from '../messaging/index.ts';
import { createTestDatabase, testContext, until, type TestDatabase } from '../testing/index.ts';
import { PackBox, sample, sampleManifest, type SampleSettings } from '../testing/sample/sample.subgraph.ts';
import type { UnitOfWork } from '../persistence/index.ts';
import type { SampleSchema } from '../testing/sample/sample.entity.ts';
import { defineSubgraph } from './subgraph.ts';
import { createLogger } from './logger.ts';
import { startSubgraph, startWorker, type Platform } from './start-subgraph.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The platform of one process in a cluster. Several platforms may share an event bus. */
function platform(events: InProcessEventBus): Platform & { readonly commands: InProcessCommands } {
  return {
    databaseUrl: (role) => database.url(`sample_${role}`),
    commands: new InProcessCommands(),
    events,
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  };
}

const newBus = () =>
  new InProcessEventBus({
    onError: (error) => {
      throw error;
    },
  });

describe('a subgraph with a worker', () => {
  /** Starts a server and a worker, and records the work of each. */
  async function startBoth() {
    const events = newBus();
    const work = { server: [] as string[], worker: [] as string[] };
    const onPlatform = platform(events);
    const server = await startSubgraph(sample, onPlatform, { onWork: (each) => work.server.push(each) });
    const worker = await startWorker(sample, platform(events), { onWork: (each) => work.worker.push(each) });
    const both = [server, worker];
    return { work, server, worker, both, commands: onPlatform.commands };
  }

  test('runs each declared job and reader once, in its declared process', async () => {
    const { work, both, commands } = await startBoth();
    for (const each of both) each.run();
    await commands.send(testContext(), PackBox, { boxId: randomUUID() });
    await until(() => work.server.length === 2 && work.worker.length === 2);
    await Promise.all(both.map((each) => each.stop()));
    expect(work.server.toSorted()).toEqual(['dust', 'label']);
    expect(work.worker.toSorted()).toEqual(['deliver', 'weigh']);
  });

  test('serves requests while every connection of its worker is in use', async () => {
    const unitsOfWork: UnitOfWork<SampleSchema>[] = [];
    const observed = defineSubgraph<SampleSchema, SampleSettings, null>({
      ...sample,
      create(parts) {
        unitsOfWork.push(parts.unitOfWork);
        return sample.create(parts);
      },
    });
    const settings = { onWork: () => undefined };
    const worker = await startWorker(observed, platform(newBus()), settings);
    const onPlatform = platform(newBus());
    const server = await startSubgraph(observed, onPlatform, settings);
    const slow = Promise.withResolvers<void>();
    const deliveries = unitsOfWork
      .slice(0, 1)
      .flatMap((unitOfWork) => Array.from({ length: 4 }, () => unitOfWork.run(testContext(), () => slow.promise)));
    await until(async () => (await worker.pool()).waiting === 1);
    expect(await worker.pool()).toMatchObject({ inUse: 3, most: 3 });
    await expect(onPlatform.commands.send(testContext(), PackBox, { boxId: randomUUID() })).resolves.toEqual({});
    slow.resolve();
    await Promise.all(deliveries);
    await Promise.all([server.stop(), worker.stop()]);
  });

  test('names its worker process after itself', async () => {
    const { worker, server, both } = await startBoth();
    await Promise.all(both.map((each) => each.stop()));
    expect([server.name, worker.name]).toEqual(['sample', 'sample-worker']);
  });

  test('must declare the worker', async () => {
    const without = { ...sample, manifest: { ...sampleManifest, worker: null } };
    await expect(startWorker(without, platform(newBus()), { onWork: () => undefined })).rejects.toThrow(
      'The manifest of sample declares no worker',
    );
  });
});
