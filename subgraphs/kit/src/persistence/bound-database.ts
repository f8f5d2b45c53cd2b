import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type Dialect,
} from 'kysely';
import type { QueryResult } from 'pg';

/** Runs one SQL statement with the values of `$1`, `$2` and so on. */
export type RunStatement = (text: string, values: readonly unknown[]) => Promise<QueryResult>;

/** The commands for which Kysely reports the number of affected rows. */
const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function resultOf<Row>({ command, rowCount, rows }: QueryResult): { rows: Row[]; numAffectedRows?: bigint } {
  return { rows: rows as Row[], ...(CHANGES.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) };
}

/** A dialect that only compiles queries. `boundDatabase` provides the connection that runs them. */
const DIALECT: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const SHARED = { config: { dialect: DIALECT }, dialect: DIALECT, driver: new DummyDriver() };

/**
 * Returns a Kysely that compiles like `db` and passes each compiled statement to `run`. It supports neither transactions nor `stream()`.
 * @throws Error from `stream()`
 */
export function boundDatabase<Schema>(db: Kysely<Schema>, run: RunStatement): Kysely<Schema> {
  const connection = {
    executeQuery: async <Row>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>) =>
      resultOf<Row>(await run(sql, parameters)),
    streamQuery() {
      throw new Error('This database streams no rows. Read them in pages');
    },
  };
  const executor = db.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  return new Kysely<Schema>({ ...SHARED, executor });
}
