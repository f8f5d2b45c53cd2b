import { tmpdir } from 'node:os';
import { createLogger } from '@souk/kit/runtime';
import { createTestDatabase, until, type TestDatabase } from '@souk/kit/testing';
import { ROSTER } from '@souk/deployment/roster';
import { newSecrets, type Secrets } from '@souk/deployment/subgraphs';
import { startSouk, type SoukOptions } from '../souk.ts';
import { Books } from './books.ts';
import { Buyer } from './buyer.ts';
import { graphqlClient, type Data, type GraphqlClient, type Headers, type Subscription } from './graphql-client.ts';
import { LOGIN } from './operations.ts';
import { SubgraphLines } from './subgraph-lines.ts';
import { furnishShop, OWNER, RIVAL_OWNER, type TestShop } from './test-shop.ts';

/** What outlives a process of Souk: its database, its secrets and the shop in it. */
export interface TestEstate {
  readonly database: TestDatabase;
  readonly secrets: Secrets;
  readonly books: Books;
}

/** The whole of Souk on a free port, with a shop in it. */
export interface TestSouk extends GraphqlClient {
  /** Without a slash at the end. */
  readonly url: string;
  readonly shop: TestShop;
  readonly buyer: Buyer;
  readonly rivalBuyer: Buyer;
  readonly books: Books;
  readonly lines: SubgraphLines;
  /** Headers of the owner of the shop, and of the tenant next door. */
  readonly owner: Headers;
  readonly rival: Headers;
  /**
   * A subscription that its subgraph has opened or refused: what happens from now on is told. One that is equal to another open one
   * shares it, and is waited for in vain.
   */
  watch(query: string, variables?: Data, headers?: Headers): Promise<Subscription>;
  /** The estate stays. */
  stop(): Promise<void>;
}

/** A database of its own, with every schema in it. Close it with `database.drop()`. */
export async function openEstate(): Promise<TestEstate> {
  const database = await createTestDatabase();
  for (const { name } of ROSTER) database.requireSchema(name);
  return { database, secrets: newSecrets(), books: new Books(await database.connect()) };
}

/** What a test may say of its Souk. */
export type TestSoukOptions = Pick<
  SoukOptions,
  'settings' | 'acceptOperations' | 'publicUrl' | 'limits' | 'protection' | 'tracer' | 'engine'
>;

/** Starts Souk; twice on the same estate is a restart. */
export async function startTestSouk(
  { database, secrets, books }: TestEstate,
  options: TestSoukOptions = {},
): Promise<TestSouk> {
  const lines = new SubgraphLines();
  const souk = await startSouk({
    ...options,
    databaseUrl: (role) => database.url(role),
    secrets,
    logger: createLogger({ level: 'silent' }),
    defaultTenantId: null,
    mediaDirectory: tmpdir(),
    transport: lines.through,
  });
  const url = await souk.gateway.app.listen({ host: '127.0.0.1', port: 0 });
  const client = graphqlClient(url);
  const shop = await furnishShop(souk.subgraphs, await database.connect());
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
    stop: () => souk.stop(),
  };
}

async function signIn(client: GraphqlClient, input: typeof OWNER): Promise<Headers> {
  const { login } = await client.data(LOGIN, { input });
  return { authorization: `Bearer ${login.accessToken}` };
}
