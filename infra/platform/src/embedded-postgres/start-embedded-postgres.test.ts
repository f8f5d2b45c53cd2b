import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { fileProblem } from './embedded-postgres-error.ts';
import { SUPERUSER, startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './index.ts';
import { isAlive } from './processes.ts';

/** A folder with an initialized database, which the tests copy. `initdb` takes most of the time of a start. */
let template: string;
let folder: string;
let dataDirectory: string;
let running: EmbeddedPostgres[];

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'souk-embedded-template-'));
  await (await startEmbeddedPostgres({ dataDirectory: join(template, 'postgres') })).stop();
});
afterAll(() => rmSync(template, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-embedded-'));
  dataDirectory = join(folder, 'postgres');
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory, ...options });
  running.push(postgres);
  return postgres;
}

/** Copies `template` to the data directory of the test, and keeps the owners of the files. */
function copyData(): void {
  execFileSync('cp', ['-a', `${template}/.`, folder]);
}

/** Starts Postgres on a copy of `template`. */
function startCopy(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  copyData();
  return start(options);
}

async function stop(): Promise<void> {
  await running.pop()?.stop();
}

async function query(postgres: EmbeddedPostgres, statement: string): Promise<unknown[]> {
  return queryUrl(postgres.url(SUPERUSER, 'postgres'), statement);
}

async function queryUrl(url: string, statement: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = () => Number(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]);

test('committed data survives a restart, and fsync stays on', async () => {
  const first = await start();
  await query(first, 'create table kept as select 1 as one');
  expect(await query(first, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await stop();
  expect(await query(await start(), 'select one from kept')).toEqual([{ one: 1 }]);
});

test.each(['fast', 'immediate'] as const)(
  'a %s restart cuts connections, keeps the port and committed data, and does not count as a loss',
  async (shutdown) => {
    const postgres = await startCopy();
    await query(postgres, 'create table kept as select 1 as one');
    const client = new Client(postgres.url(SUPERUSER, 'postgres'));
    await client.connect();
    const cut = new Promise((resolve) => client.on('error', resolve));
    await postgres.restart(shutdown);
    await cut;
    expect(await query(postgres, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(await Promise.race([postgres.lost, Promise.resolve('not lost')])).toBe('not lost');
    await stop();
    expect(existsSync(join(dataDirectory, 'postmaster.pid'))).toBe(false);
  },
);

test('a Postgres that ends by itself is reported', async () => {
  const { lost } = await startCopy();
  process.kill(postmasterPid(), 'SIGKILL');
  expect(await lost).toMatchObject({ problem: 'ENDED', message: 'Postgres ended by itself (SIGKILL)' });
});

test('a connection without the password is refused, and only the owner may read the secret', async () => {
  const postgres = await start();
  const withoutPassword = queryUrl(`postgres://${SUPERUSER}:guessed@127.0.0.1:${postgres.port}/postgres`, 'select 1');
  await expect(withoutPassword).rejects.toMatchObject({ code: '28P01' });
  await query(postgres, `create role clerk login password '${postgres.passwordOf('clerk')}'`);
  expect(await queryUrl(postgres.url('clerk', 'postgres'), 'select current_user as who')).toEqual([{ who: 'clerk' }]);
  expect(statSync(`${dataDirectory}.secret`).mode & 0o077).toBe(0);
});

test('after kill -9 of its owner, Postgres is stopped and started again, and nothing is lost', async () => {
  copyData();
  const owner = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { startEmbeddedPostgres } from ${JSON.stringify(new URL('start-embedded-postgres.ts', import.meta.url).href)};
     const postgres = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)} });
     console.log(postgres.url('postgres', 'postgres'));
     setInterval(() => undefined, 1000); // stays`,
  ]);
  const url = await new Promise<string>((resolve) => owner.stdout.once('data', (line) => resolve(String(line).trim())));
  await queryUrl(url, 'create table kept as select 1 as one');
  const orphan = postmasterPid();
  const killed = new Promise((resolve) => owner.once('exit', resolve));
  owner.kill('SIGKILL');
  await killed;
  expect(isAlive(orphan)).toBe(true);

  const steps: string[] = [];
  const postgres = await start({ onProgress: (step) => steps.push(step) });
  expect(isAlive(orphan)).toBe(false);
  expect(steps[0]).toBe('Stopped the Postgres that an earlier run left behind');
  expect(await query(postgres, 'select one from kept')).toEqual([{ one: 1 }]);
});

test('a second start on the same data is refused while the first is alive', async () => {
  const postgres = await startCopy();
  await expect(start()).rejects.toMatchObject({
    problem: 'DATA_DIRECTORY_IN_USE',
    message: `${dataDirectory} is in use by process ${process.pid}`,
    remedy: expect.stringContaining('SOUK_DATA_DIR'),
  });
  expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a lock that names a process other than Postgres is stale', async () => {
  copyData();
  writeFileSync(join(dataDirectory, 'postmaster.pid'), `${process.pid}\n${dataDirectory}\n`);
  expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('an interrupted creation is repeated', async () => {
  mkdirSync(`${dataDirectory}.new/base`, { recursive: true });
  writeFileSync(`${dataDirectory}.new/PG_VERSION`, '18');
  expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(existsSync(`${dataDirectory}.new`)).toBe(false);
});

test("data below a folder that Postgres' user may not enter is no obstacle", async () => {
  chmodSync(folder, 0o700);
  expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('two databases run side by side, each on a port of its own', async () => {
  const [one, other] = await Promise.all([start(), start({ dataDirectory: join(folder, 'other') })]);
  expect(one.port).not.toBe(other.port);
});

test('a statement that fails is logged without its text and its values, however long they are', async () => {
  const postgres = await startCopy();
  const client = new Client(postgres.url(SUPERUSER, 'postgres'));
  await client.connect();
  const megabyte = 'x'.repeat(1024 * 1024);
  await expect(client.query(`select 1 / 0 /* ${megabyte} */`)).rejects.toThrow('division by zero');
  await expect(client.query('select 1 / length(substr($1::text, 1, 0))', [megabyte])).rejects.toThrow('division');
  await client.end();
  const log = readFileSync(`${dataDirectory}.log`, 'utf8');
  expect(log.match(/ERROR: {2}division by zero/g)).toHaveLength(2);
  expect(log.length).toBeLessThan(10_000);
});

test('settings override the defaults', async () => {
  const postgres = await start({ settings: { fsync: 'off', max_connections: '17' } });
  expect(await query(postgres, 'show max_connections')).toEqual([{ max_connections: '17' }]);
});

test.each<[string, string, () => void]>([
  [
    'data of another major version',
    'DATA_DIRECTORY_OF_ANOTHER_VERSION',
    () => {
      copyData();
      writeFileSync(join(dataDirectory, 'PG_VERSION'), '15\n');
    },
  ],
  [
    'a folder with other files in it',
    'DATA_DIRECTORY_NOT_OURS',
    () => {
      mkdirSync(dataDirectory);
      writeFileSync(join(dataDirectory, 'notes.txt'), '');
    },
  ],
  [
    'a folder without write permission',
    'DATA_DIRECTORY_NOT_WRITABLE',
    () => {
      writeFileSync(join(folder, 'file'), '');
      dataDirectory = join(folder, 'file', 'postgres');
    },
  ],
  [
    'data whose secret is missing',
    'SECRET_MISSING',
    () => {
      copyData();
      rmSync(`${dataDirectory}.secret`);
    },
  ],
])('%s is refused with a remedy in one line', async (_what, problem, prepare) => {
  prepare();
  await expect(start()).rejects.toMatchObject({
    name: 'EmbeddedPostgresError',
    problem,
    message: expect.not.stringContaining('\n'),
    remedy: expect.stringContaining('SOUK_DATA_DIR'),
  });
});

test('a port that is in use is named, and the data can be started on another', async () => {
  const squatter = createServer();
  const port = await new Promise<number>((resolve) =>
    squatter.listen(0, '127.0.0.1', () => {
      const address = squatter.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
  await expect(startCopy({ port })).rejects.toMatchObject({
    problem: 'PORT_IN_USE',
    message: expect.stringContaining(`${port}`),
  });
  squatter.close();
  expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a setting that Postgres refuses is reported in its own words', async () => {
  await expect(startCopy({ settings: { max_connections: 'plenty' } })).rejects.toMatchObject({
    problem: 'START_FAILED',
    message: expect.stringContaining('max_connections'),
    remedy: `Read its log, ${dataDirectory}.log`,
  });
});

test('a full disk is reported as such', () => {
  const enospc = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(fileProblem(enospc, '/data')).toMatchObject({
    problem: 'DISK_FULL',
    message: 'No space left on the disk of /data',
  });
});
