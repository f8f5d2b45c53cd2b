import { sql, type Kysely } from 'kysely';
import type { MikroORM } from '@mikro-orm/postgresql';
import { expectedMigrations, type SchemaMigrations } from './migrate.ts';
import { StandbyError } from './postgres-hosts.ts';
import { requireIdentifier } from './schema-name.ts';

interface RecordedMigration {
  readonly isStandby: boolean;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Checks whether a subgraph's database can serve this version of the code: the database accepts writes and has the tables of this version.
 */
export class DatabaseReadiness {
  readonly #orm: MikroORM;
  readonly #schema: string;
  readonly #expected: Promise<ReadonlyMap<string, string>>;
  readonly #onChange: (problem: string | null) => void;
  #problem: string | null = null;

  /**
   * @param onChange called with the reason when the database stops serving or when the reason changes, and with null when the database
   * serves again
   */
  constructor(orm: MikroORM, migrations: SchemaMigrations, onChange: (problem: string | null) => void) {
    this.#orm = orm;
    this.#schema = requireIdentifier(migrations.schema);
    this.#expected = expectedMigrations(migrations);
    this.#expected.catch(() => undefined); // the first check rejects with the same error
    this.#onChange = onChange;
  }

  async check(): Promise<boolean> {
    const problem = await this.#findProblem();
    if (problem !== this.#problem) this.#onChange(problem);
    this.#problem = problem;
    return problem === null;
  }

  async #findProblem(): Promise<string | null> {
    const expected = await this.#expected;
    try {
      const recorded = await this.#recorded();
      if (recorded.some(({ isStandby }) => isStandby)) return new StandbyError().message;
      const known = new Map(recorded.map(({ name, checksum }) => [name, checksum]));
      const missing = [...expected].find(([name, checksum]) => known.get(name) !== checksum);
      return missing ? this.#lacks(missing[0]) : null;
    } catch (error) {
      if (isUndefinedTable(error)) return this.#lacks('every migration');
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #recorded(): Promise<readonly RecordedMigration[]> {
    const db: Kysely<unknown> = this.#orm.em.getConnection().getClient();
    const { rows } = await sql<RecordedMigration>`
      select pg_is_in_recovery() as "isStandby", name, checksum from ${sql.table(`${this.#schema}.schema_migration`)}`.execute(
      db,
    );
    return rows;
  }

  #lacks(file: string): string {
    return `the schema ${this.#schema} lacks ${file} of this version: run npm run serve -- migrate of this version`;
  }
}

/** Whether Postgres reports a missing table: 42P01 `undefined_table` (manual, appendix A). */
function isUndefinedTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42P01';
}
