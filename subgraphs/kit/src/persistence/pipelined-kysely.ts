import {
  DefaultQueryExecutor,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';

/**
 * The connection of one transaction. Sends each statement at once, also while earlier statements run, and the client pipelines them. Kysely's own
 * connections wait for the previous answer, and so pay a round trip for every statement.
 */
export class PipelinedConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  #isOpen = true;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** Refuses all further statements: the client may soon serve another tenant. */
  close(): void {
    this.#isOpen = false;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#isOpen) throw new Error('The transaction has ended. Await every statement inside the unit of work');
    const { command, rowCount, rows } = await this.#client.query(sql, [...parameters]);
    return CHANGES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows: rows ?? [] };
  }

  // eslint-disable-next-line require-yield -- Kysely asks for a generator, and no repository streams rows.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('A unit of work does not stream rows. Read them in pages');
  }
}

/** The commands whose number of rows Kysely reports as `numAffectedRows`. */
const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const [adapter, compiler, driver] = [dialect.createAdapter(), dialect.createQueryCompiler(), dialect.createDriver()];

/** Returns a Kysely whose statements run on this connection, in the order in which they are sent. */
export function kyselyOn<Schema>(connection: DatabaseConnection): Kysely<Schema> {
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Kysely({ config: { dialect }, dialect, driver, executor });
}
