import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { ROOT } from '../generate/generated-file.ts';

/** An SQL file that runs once on every database. */
export interface MigrationFile {
  /** The path relative to the repository root: `subgraphs/orders/migrations/0001_carts.sql`. */
  readonly path: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal. */
  readonly checksum: string;
}

/** Reads every migration of the subgraphs and of the kit, sorted by path. */
export function readMigrations(): readonly MigrationFile[] {
  return globSync('subgraphs/*/migrations/*.sql', { cwd: ROOT })
    .toSorted()
    .map((path) => {
      const sql = readFileSync(`${ROOT}${path}`, 'utf8');
      return { path, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
