import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@souk/kit/runtime';
import { ROOT } from '@souk/launcher/bootstrap';
import { createTestDatabase, until, type TestDatabase } from '@souk/kit/testing';
import { ROSTER } from '@souk/deployment/roster';
import { newSecrets, type Secrets } from '@souk/deployment/subgraphs';
import { startSouk, type SoukOptions } from '../souk.ts';
import { Books } from './books.ts';
import { Buyer } from './buyer.ts';
import { graphqlClient, type Data, type GraphqlClient, type Headers, type Subscription } from './graphql-client.ts';
import { LOGIN } from './operations.ts';
import { SubgraphLines } from './subgraph-lines.ts';
import { OWNER, RIVAL_OWNER, seedShop, type TestShop } from './test-shop.ts';

/** The parts of an installation that survive a restart: the secrets, and the database with the test shop. */
export interface TestInstallation {
  readonly database: Pick<TestDatabase, 'url' | 'connect' | 'drop'>;
  readonly secrets: Secrets;
  readonly books: Books;
}

/** A running Souk on a free port, with a shop in it. */
export interface TestSouk extends GraphqlClient {
  /** URL without a slash at the end. */
  readonly url: string;
  readonly shop: TestShop;
  readonly buyer: Buyer;
  readonly rivalBuyer: Buyer;
  readonly books: Books;
  readonly lines: SubgraphLines;
  readonly owner: Headers;
  readonly rival: Headers;
  /**
   * Opens a subscription, and waits until its subgraph has opened or refused it. The subscription delivers every later event.
   * Do not open two equal subscriptions. They share one subscription in the subgraph, so the second call would wait forever.
   */
  watch(query: string, variables?: Data, headers?: Headers): Promise<Subscription>;
  /** Stops Souk. The database and the secrets remain. */
  stop(): Promise<void>;
}

/** Creates a database with every schema. Close it with `database.drop()`. */
export async function openInstallation(): Promise<TestInstallation> {
  const database = await createTestDatabase();
  for (const { name } of ROSTER) database.requireSchema(name);
  return { database, secrets: newSecrets(), books: new Books(await database.connect()) };
}

/** The options of `startSouk` that a test may set. */
export type TestSoukOptions = Pick<
  SoukOptions,
  | 'settings'
  | 'acceptOperations'
  | 'publicUrl'
  | 'limits'
  | 'protection'
  | 'tracer'
  | 'engine'
  | 'webApps'
  | 'mailFolder'
>;

/** Starts Souk. A second start on the same installation is a restart. */
export async function startTestSouk(
  { database, secrets, books }: TestInstallation,
  options: TestSoukOptions = {},
): Promise<TestSouk> {
  const lines = new SubgraphLines();
  const objectFolder = join(tmpdir(), `souk-objects-${randomUUID()}`);
  const souk = await startSouk({
    ...options,
    // A client on a busy machine may need seconds to send `connection_init`.
    limits: { connectionInitMs: 60_000, ...options.limits },
    databaseUrl: (role) => database.url(role),
    secrets,
    logger: createLogger({ level: 'silent' }),
    defaultTenantId: null,
    mediaDirectory: tmpdir(),
    objects: { s3: null, folder: objectFolder },
    planning: 'ON_DEMAND', // A test sends few of the operations, and planning all of them takes a second of processor time.
    supergraphFile: join(ROOT, 'node_modules/.cache/souk-tests/supergraph.json'),
    transport: lines.through,
  });
  const url = await souk.gateway.app.listen({ host: '127.0.0.1', port: 0 });
  const client = graphqlClient(url);
  const shop = await seedShop(souk.subgraphs, await database.connect());
  return {
    ...client,
    url,
    shop,
    books,
    lines,
    buyer: new Buyer(client),
    rivalBuyer: new Buyer(client, { 'x-tenant-id': shop.rivalTenantId }),
    owner: await signIn(client, OWNER),
    rival: await signIn(client, RIVAL_OWNER),
    async watch(query, variables, headers) {
      const before = lines.openings;
      const subscription = client.subscribe(query, variables, headers);
      await until(() => lines.openings > before || subscription.errors.length > 0);
      return subscription;
    },
    async stop() {
      await souk.stop();
      await rm(objectFolder, { recursive: true, force: true });
    },
  };
}

async function signIn(client: GraphqlClient, input: typeof OWNER): Promise<Headers> {
  const { login } = await client.data(LOGIN, { input });
  return { authorization: `Bearer ${login.accessToken}` };
}
