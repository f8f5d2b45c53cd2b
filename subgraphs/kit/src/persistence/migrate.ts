import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { requireIdentifier } from './schema-name.ts';

/** The migrations of one Postgres schema: a folder of files `NNNN_name.sql`. Each file runs once, in order, in its own transaction. */
export interface SchemaMigrations {
  /** The Postgres schema, which has the name of the subgraph. */
  readonly schema: string;
  /** Absolute path of the folder of SQL files. Unqualified names in the files belong to the subgraph's schema. */
  readonly directory: string;
}

/** Thrown when a migration file differs from the version of the file that created the tables. */
export class ChangedMigrationError extends Error {
  /** Schema and file name, as `orders/0001_orders.sql`. */
  readonly file: string;

  constructor(file: string) {
    super(`${file} was changed after it ran; write a new migration instead`);
    this.name = 'ChangedMigrationError';
    this.file = file;
  }
}

/** The folder has the same relative path from `src` and from `dist`. */
const KIT_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Migrates one schema: first the kit's own files (`kit/0001_...`), then the subgraph's. Several processes may call this function at the
 * same time. An advisory lock lets one process run. The other processes then find no files to run.
 * @returns the names of the files that ran
 * @throws ChangedMigrationError when a file that already ran was changed afterwards
 * @throws Error when a statement fails. The file with the statement is rolled back.
 */
export async function migrate(client: Client, { schema, directory }: SchemaMigrations): Promise<string[]> {
  requireIdentifier(schema);
  const files = await filesOf({ schema, directory });
  // The lock belongs to the session instead of a transaction, because it must outlive the transaction of each file.
  await client.query('select pg_advisory_lock(hashtext($1))', [`migrate:${schema}`]);
  try {
    await client.query(`set role ${schema}_owner`);
    await client.query(
      `create table if not exists ${schema}.schema_migration
         (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    return await runPending(client, schema, files);
  } finally {
    await client.query('reset role');
    await client.query('select pg_advisory_unlock(hashtext($1))', [`migrate:${schema}`]);
  }
}

/** The migrations that this version of the code needs, as checksums by name. The table `schema_migration` has the same form. */
export async function expectedMigrations(migrations: SchemaMigrations): Promise<ReadonlyMap<string, string>> {
  return new Map((await filesOf(migrations)).map(({ name, checksum }) => [name, checksum]));
}

async function filesOf({ schema, directory }: SchemaMigrations): Promise<readonly MigrationFile[]> {
  return [...(await kitMigrations(schema)), ...(await migrationFiles(directory))];
}

interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function runPending(client: Client, schema: string, files: readonly MigrationFile[]): Promise<string[]> {
  const applied = await appliedMigrations(client, schema);
  const ran: string[] = [];
  for (const file of files) {
    const knownChecksum = applied.get(file.name);
    if (knownChecksum === file.checksum) continue;
    if (knownChecksum) throw new ChangedMigrationError(`${schema}/${file.name}`);
    await runInTransaction(client, schema, file);
    ran.push(file.name);
  }
  return ran;
}

async function kitMigrations(schema: string): Promise<MigrationFile[]> {
  const templates = await migrationFiles(KIT_MIGRATIONS);
  return templates.map(({ name, sql, checksum }) => ({
    name: `kit/${name}`,
    sql: sql.replaceAll(':schema', schema),
    checksum,
  }));
}

async function migrationFiles(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedMigrations(client: Client, schema: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select name, checksum from ${schema}.schema_migration`,
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function runInTransaction(client: Client, schema: string, file: MigrationFile): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local search_path = ${schema}, public`);
    await client.query(file.sql);
    await client.query(`insert into ${schema}.schema_migration (name, checksum) values ($1, $2)`, [
      file.name,
      file.checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration ${schema}/${file.name} failed: ${reason}`, { cause });
  }
}
