import { randomUUID } from 'node:crypto';
import { DEMO_LOGINS } from '@souk/demo/shops';
import { LoginDocument, ProductListDocument, StockAdjustDocument, WarehousesDocument } from '@souk/sdk';
import { LoadLog } from './load-log.ts';
import { SteadyClient } from './steady-client.ts';

/** A variant of the demo shop that buyers can order. */
export interface Article {
  readonly variantId: string;
  readonly sku: string;
}

/** The demo shop. A few of its articles have enough stock for any load. */
export interface LoadShop {
  /** Headers with the owner's access token, which is valid for 15 minutes. */
  readonly staffHeaders: { readonly authorization: string };
  readonly articles: readonly Article[];
}

/** The number of articles. It is small, so that buyers compete for the same rows. */
const ARTICLES = 8;
const UNITS = 1_000_000;

/** Logs in as the owner and adds stock to the first warehouse. @param url the URL of the server, without a trailing slash */
export async function openShop(url: string): Promise<LoadShop> {
  const log = new LoadLog();
  const staffHeaders = await signIn(new SteadyClient({ url, log }));
  const staff = new SteadyClient({ url, headers: staffHeaders, log });
  const { products } = await staff.read(ProductListDocument, { first: ARTICLES });
  const articles = products.nodes.flatMap(({ variants }) =>
    variants.nodes.slice(0, 1).map(({ id, sku }) => ({ variantId: id, sku })),
  );
  const { warehouses } = await staff.read(WarehousesDocument, {});
  const [first] = warehouses.nodes.toSorted((one, other) => (one.priority ?? 0) - (other.priority ?? 0));
  if (!first) throw new Error('The demo shop has no warehouse');
  for (const { sku } of articles) {
    const input = { sku, warehouseId: first.id, delta: UNITS, reason: 'for a load', idempotencyKey: randomUUID() };
    await staff.change(StockAdjustDocument, { input });
  }
  return { staffHeaders, articles };
}

async function signIn(visitor: SteadyClient): Promise<LoadShop['staffHeaders']> {
  const [{ email, password } = { email: '', password: '' }] = DEMO_LOGINS;
  const { login } = await visitor.change(LoginDocument, { input: { email, password } });
  return { authorization: `Bearer ${login.accessToken ?? ''}` };
}
