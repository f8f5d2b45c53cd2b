import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Dialect,
} from 'kysely';
import type { QueryResult } from 'pg';

/** Runs one statement. */
export type RunStatement = (text: string, values: readonly unknown[]) => Promise<QueryResult>;

/** Compiles only. The statements go to the connection of `boundDatabase`. */
const DIALECT: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const SHARED = { config: { dialect: DIALECT }, dialect: DIALECT, driver: new DummyDriver() };

/**
 * Returns a Kysely whose statements `run` sends. It compiles as `db` does. It has no transactions and no connections.
 * @throws Error from `stream()`
 */
export function boundDatabase<Schema>(db: Kysely<Schema>, run: RunStatement): Kysely<Schema> {
  const connection = {
    executeQuery: async <Row>({
      sql,
      parameters,
    }: {
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }) => ({
      rows: (await run(sql, parameters)).rows as Row[],
    }),
    streamQuery() {
      throw new Error('This database streams no rows. Use a transaction');
    },
  };
  const executor = db.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  return new Kysely<Schema>({ ...SHARED, executor });
}
