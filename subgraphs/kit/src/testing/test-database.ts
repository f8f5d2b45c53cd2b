import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { passwordFor, SUPERUSER } from '@souk/platform/embedded-postgres';
import { openOrm, type OrmOptions } from '../persistence/index.ts';
import { testPostgres } from './environment.ts';
import { RecordingClient } from './query-log.ts';

/** The database of one test file. It is a clone of the migrated template. */
export interface TestDatabase {
  /** The connection string of a role: `orders_app`, `orders_relay`, or `postgres` for access without policies. @default `postgres` */
  url(role?: string): string;
  /**
   * Opens a connection as a role. `drop` closes it.
   * @param role the role, by default `postgres`
   * @param password the password, needed only for a role that the test itself created
   * @returns the connected client
   */
  connect(role?: string, password?: string): Promise<Client>;
  /** The ORM as the subgraph uses it, with the role `<schema>_app` and 20 connections. `drop` closes it. */
  openOrm(schema: string, entities: OrmOptions['entities']): Promise<MikroORM>;
  /** Checks that the schema exists. @throws Error with the reason when the migrations of the schema failed */
  requireSchema(schema: string): void;
  drop(): Promise<void>;
}

/** Creates a database in about 20 ms. Call `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { port, secret, broken } = testPostgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const closing: (() => Promise<void>)[] = [];
  const url = (role = SUPERUSER, database = name, password = passwordFor(secret, role)) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;

  // The statement fails while a connection to the template is open, so only the global setup connects to the template. FILE_COPY takes half
  // the time of the default on a server that does not sync.
  await execute(url(SUPERUSER, 'postgres'), `create database ${name} template souk_template strategy file_copy`);

  const requireSchema = (schema: string) => {
    if (broken[schema]) throw new Error(broken[schema]);
  };

  return {
    requireSchema,
    url: (role) => url(role),
    async connect(role, password) {
      const client = new Client(url(role, name, password));
      client.on('error', () => undefined); // a test may cut the connection on purpose
      await client.connect();
      closing.push(() => client.end());
      return client;
    },
    async openOrm(schema, entities) {
      requireSchema(schema);
      const orm = await openOrm({ url: url(`${schema}_app`), schema, entities, poolSize: 20, Client: RecordingClient });
      closing.push(() => orm.close());
      return orm;
    },
    async drop() {
      await Promise.all(closing.map((close) => close()));
      await execute(url(SUPERUSER, 'postgres'), `drop database ${name} with (force)`);
    },
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const admin = new Client(url);
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
