import { DEMO_LOGINS } from '@souk/demo/shops';
import { graphqlClient, type GraphqlClient } from './graphql-client.ts';
import { LOGIN, SKUS_AND_WAREHOUSES, STOCK_ADJUST } from './operations.ts';

const PRODUCTS = 12;
const UNITS = 1_000_000;

/** Logs in as the owner of the demo shop. @returns an access token */
export async function logIn(base: string): Promise<string> {
  const client = graphqlClient([base], 1);
  const [{ email, password } = { email: '', password: '' }] = DEMO_LOGINS;
  const { login } = await client.run<{ login: { accessToken: string } }>(LOGIN, { input: { email, password } });
  client.close();
  return login.accessToken;
}

interface SkusAndWarehouses {
  readonly products: {
    readonly nodes: readonly { readonly variants: { readonly nodes: readonly { sku: string }[] } }[];
  };
  readonly warehouses: { readonly nodes: readonly { readonly id: string }[] };
}

/** Sets the stock of some variants so high that a benchmark cannot sell them out. */
export async function fillShelves(base: string, accessToken: string): Promise<void> {
  const client = graphqlClient([base], 1, accessToken);
  const { products, warehouses } = await client.run<SkusAndWarehouses>(SKUS_AND_WAREHOUSES, { products: PRODUCTS });
  const skus = products.nodes.flatMap(({ variants }) => variants.nodes.map(({ sku }) => sku));
  for (const sku of skus) await fill(client, sku, warehouses.nodes[0]?.id);
  client.close();
}

async function fill(client: GraphqlClient, sku: string, warehouseId: string | undefined): Promise<void> {
  await client.send(STOCK_ADJUST, { input: { sku, warehouseId, setOnHand: UNITS, reason: 'benchmark' } });
}
