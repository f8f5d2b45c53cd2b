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
 * Sends each statement to its client at once, also while earlier statements run. The client pipelines them. Kysely's own connections
 * wait for the previous answer, and so pay a round trip for every statement.
 */
class PipelinedConnection implements DatabaseConnection {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
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
const adapter = dialect.createAdapter();
const compiler = dialect.createQueryCompiler();
const driver = dialect.createDriver();

/** A client keeps its Kysely as long as the pool keeps the client. */
const instances = new WeakMap<PoolClient, Kysely<unknown>>();

/** Returns a Kysely whose statements run on this client, in the order in which they are sent. */
export function kyselyOn<Schema>(client: PoolClient): Kysely<Schema> {
  const known = instances.get(client) ?? createOn(client);
  instances.set(client, known);
  return known as Kysely<Schema>;
}

function createOn(client: PoolClient): Kysely<unknown> {
  const connection = new PipelinedConnection(client);
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Kysely({ config: { dialect }, dialect, driver, executor });
}
