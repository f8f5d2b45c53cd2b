import { describe, expect, test } from '@jest/globals';
import { scopesOfRoles } from '@souk/accounts';
import type { CommandHandler } from '@souk/kit/contracts';
import { systemClock } from '@souk/kit/domain';
import { declaredSecrets, declaredSettings, eventReaderOf, type ProcessKind } from '@souk/kit/manifest';
import { InProcessCommands, type EventReader } from '@souk/kit/messaging';
import { createLogger, startSubgraph, startWorker, type Platform, type SubgraphDefinition } from '@souk/kit/runtime';
import { newSecrets, secretsOf } from '../subgraphs/secrets.ts';
import { loadCode } from './load-code.ts';
import { PROCESSES } from './processes.ts';
import { ROSTER, SCOPES } from './roster.ts';

/** The names that a subgraph registers at its start. */
interface Registered {
  readonly commands: CommandHandler[];
  readonly readers: EventReader[];
  readonly jobs: string[];
}

/** A platform that records registrations. Its pool does not connect, because these tests do not send a query. */
function recordingPlatform({ commands, readers }: Registered): Platform {
  const unused = () => {
    throw new Error('The recording platform sends no commands');
  };
  const inProcess = new InProcessCommands();
  return {
    databaseUrl: () => 'postgres://unused@127.0.0.1:1/unused',
    commands: {
      send: (context, command, request) => inProcess.send(context, command, request),
      register: (handlers) => void commands.push(...handlers),
    },
    events: { consume: (reader) => void readers.push(reader), publish: unused, feed: unused },
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  };
}

/** Records the jobs that the code creates, for every kind of process. */
function observed(code: SubgraphDefinition<unknown, unknown, unknown>, jobs: string[]): typeof code {
  return {
    ...code,
    create(parts) {
      const instance = code.create(parts);
      jobs.push(...(instance.jobs ?? []).map(({ name }) => name));
      return instance;
    },
  };
}

describe.each(ROSTER.map((manifest) => [manifest.name, manifest] as const))('the manifest of %s', (_name, manifest) => {
  test('declares the commands, readers and jobs that its code registers when it starts', async () => {
    const registered: Registered = { commands: [], readers: [], jobs: [] };
    const settingsOf = (kind: ProcessKind) => secretsOf(manifest, newSecrets(), kind);
    const code = observed(await loadCode(manifest), registered.jobs);
    const server = await startSubgraph(code, recordingPlatform(registered), settingsOf('server'));
    await server.stop();
    const jobs = [...registered.jobs];
    if (manifest.worker) await (await startWorker(code, recordingPlatform(registered), settingsOf('worker'))).stop();

    const declared = manifest.commands.map(({ definition }) => definition);
    expect(new Set(registered.commands.map(({ command }) => command))).toEqual(new Set(declared));
    const readers = registered.readers.map(({ name, events, batchSize }) => ({
      name,
      events,
      ...(batchSize !== undefined && { batchSize }),
    }));
    expect(readers).toEqual(manifest.readers.map((reader) => eventReaderOf(reader)));
    expect(jobs.toSorted()).toEqual(manifest.jobs.map(({ name }) => name).toSorted());
  });

  test('is the manifest of the code that it loads', async () => {
    expect((await loadCode(manifest)).manifest).toBe(manifest);
  });
});

describe('the roster', () => {
  test.each([
    ['name', PROCESSES.map(({ name }) => name)],
    ['port', PROCESSES.map(({ port }) => port)],
    ['scope', SCOPES.map(({ name }) => name)],
    ['secret', ROSTER.flatMap((manifest) => declaredSecrets(manifest).map(({ key }) => key))],
    [
      'variable',
      ROSTER.flatMap((manifest) =>
        [...declaredSecrets(manifest), ...declaredSettings(manifest)].map(({ variable }) => variable),
      ),
    ],
  ])('has no %s twice', (_what, all: readonly (string | number)[]) => {
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });

  // The scopes of the roles. The generated docs/scopes.md shows every scope, including the scopes of later subgraphs.
  test('gives owners and staff these scopes, and shoppers none', () => {
    const { OWNER, STAFF, SHOPPER } = scopesOfRoles(SCOPES);
    const staff = [
      'catalog:write',
      'customers:read',
      'orders:read',
      'orders:write',
      'payments:read',
      'payments:write',
      'stock:read',
      'stock:write',
    ];
    const owner = [...staff, 'settings:write'];
    const known = (scopes: readonly string[]) => scopes.filter((scope) => owner.includes(scope)).toSorted();
    expect(known(STAFF)).toEqual(staff);
    expect(known(OWNER)).toEqual(owner.toSorted());
    expect(SHOPPER).toEqual([]);
  });
});
