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

/** A running Souk of one commit, with its own Postgres. */
export interface Shop {
  readonly name: string;
  readonly base: string;
  readonly database: BenchDatabase;
  /** The CPU time of the Node process since its start, in milliseconds. */
  nodeMs(): number;
  /** The CPU time of the Postgres processes since their start, in milliseconds. */
  postgresMs(): number;
  /** The resident memory of the Node process, in MiB. */
  rssMiB(): number;
  /** Resets the shop's data before each round. @default nothing to do */
  prepareRound?(): Promise<void>;
  stop(): Promise<void>;
}

/** The environment of a measured server and of the programs that fill its database. */
export const variablesOf = (dataDir: string, databaseUrl: string) => ({
  SOUK_DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  DATABASE_URL: databaseUrl,
  SOUK_RATE_LIMITS: 'off', // All requests come from one address.
});

/**
 * Fills the data folder of the earlier commit with generated products, and copies it for the current commit. Both shops
 * then have the same rows and ids, so their responses must be equal.
 */
export async function fillBoth(earlierRoot: string, products: string, earlier: string, present: string): Promise<void> {
  await fill(earlierRoot, products, earlier);
  // `cp -a` preserves the owner of the files. Postgres refuses to run as root, so root must not own them.
  const { status } = spawnSync('cp', ['-a', earlier, present], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`Copying ${earlier} failed. The output above says why.`);
}

/** Fills the data folder of one commit with generated products. */
export async function fill(root: string, products: string, dataDir: string): Promise<void> {
  const postgres = await startPostgres(dataDir);
  try {
    const program = movedFile(root, 'generatedProducts').slice(join(root, 'infra/').length);
    await runToEnd(program, [products], variablesOf(dataDir, postgres.url), root);
  } finally {
    await postgres.stop();
  }
}

/** Starts Souk from the build of a commit on a filled data folder, and migrates its tables. */
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

/** Runs a vacuum and a checkpoint now. Otherwise Postgres would run them in the background during the measurement. */
async function settleTables(url: string): Promise<void> {
  const admin = new Client(url);
  await admin.connect();
  await admin.query('vacuum analyze');
  await admin.query('checkpoint');
  await admin.end();
}
