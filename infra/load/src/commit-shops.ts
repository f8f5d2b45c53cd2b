import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '@souk/launcher/bootstrap';
import { freePort } from '@souk/platform/embedded-postgres';
import { movedFile } from '@souk/tools/compatibility';
import { Client } from 'pg';
import { startPostgres } from './bench-postgres.ts';
import { BenchDatabase } from './cluster-database.ts';
import { sumOverTree } from './gateway-process.ts';
import { runToEnd, serve } from './server-process.ts';

/** A running Souk of one commit, on a Postgres that no other program uses. */
export interface Shop {
  readonly name: string;
  readonly base: string;
  readonly database: BenchDatabase;
  /** Processor time of Node since the start, in milliseconds. */
  nodeMs(): number;
  /** Processor time of Postgres since the start, in milliseconds. */
  postgresMs(): number;
  /** Resident memory of Node. */
  rssMiB(): number;
  stop(): Promise<void>;
}

const variablesOf = (dataDir: string, databaseUrl: string) => ({
  SOUK_DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  DATABASE_URL: databaseUrl,
  SOUK_RATE_LIMITS: 'off', // All requests come from one address.
});

/**
 * Fills the shop of an earlier tree with generated products, and copies its folder. Both folders then have the same rows with the
 * same ids, so that the responses of both commits must be equal.
 */
export async function fillBoth(earlierRoot: string, products: string, earlier: string, present: string): Promise<void> {
  const postgres = await startPostgres(earlier);
  try {
    const program = movedFile(earlierRoot, 'generatedProducts').slice(join(earlierRoot, 'infra/').length);
    await runToEnd(program, [products], variablesOf(earlier, postgres.url), earlierRoot);
  } finally {
    await postgres.stop();
  }
  // `cp -a` keeps the owner of the files: Postgres does not run as root.
  const { status } = spawnSync('cp', ['-a', earlier, present], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`Copying ${earlier} failed. The output above says why.`);
}

/** Starts the Souk of a built tree on a filled folder. Souk migrates the tables. */
export async function openShop(name: string, dataDir: string, root = ROOT): Promise<Shop> {
  const postgres = await startPostgres(dataDir);
  try {
    const server = await serve('all-in-one/dist/main.js', await freePort(), variablesOf(dataDir, postgres.url), root);
    await settleTables(postgres.url);
    const database = await BenchDatabase.open(postgres.url);
    return {
      name,
      base: server.base,
      database,
      nodeMs: () => sumOverTree(server.pid, ({ cpuMs }) => cpuMs),
      postgresMs: () => sumOverTree(postgres.pid, ({ cpuMs }) => cpuMs),
      rssMiB: () => sumOverTree(server.pid, ({ rssMiB }) => rssMiB),
      async stop() {
        await database.close();
        await server.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Does the work that Postgres' own background processes would do during the measurement. */
async function settleTables(url: string): Promise<void> {
  const admin = new Client(url);
  await admin.connect();
  await admin.query('vacuum analyze');
  await admin.query('checkpoint');
  await admin.end();
}
