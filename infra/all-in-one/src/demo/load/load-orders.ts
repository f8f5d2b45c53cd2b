import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '../../subgraphs.ts';
import type { DemoCatalog, DemoOrder } from '../demo.types.ts';
import { importPastOrder } from './import-past-order.ts';
import { placeOrder } from './place-order.ts';
import { runOperation } from './run-operation.ts';

/** What an order line keeps of a variant, by SKU, and where stock lies. */
export interface ShopDirectory {
  readonly shop: DemoCatalog;
  readonly variants: ReadonlyMap<string, CatalogVariant>;
  /** Of the warehouse that is asked first. */
  readonly warehouseId: string;
}

export interface CatalogVariant {
  readonly id: string;
  readonly name: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly product: { readonly id: string; readonly name: string };
}

/** States in which an order is still being worked on: these are placed now, through the checkout that every buyer uses. */
const OPEN: readonly DemoOrder['outcome'][] = ['fulfilled', 'partially fulfilled', 'partially delivered'];

/** The orders of a shop, the oldest first. Gives the id of one that waits to be sent. */
export async function loadOrders(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  shop: DemoCatalog,
  now: Date,
): Promise<string | null> {
  const directory = await directoryOf(subgraphs, ctx, shop);
  const oldestFirst = shop.orders.toSorted((a, b) => b.placedDaysAgo - a.placedDaysAgo);
  for (const order of oldestFirst.filter(({ outcome }) => !OPEN.includes(outcome))) {
    await importPastOrder(subgraphs, ctx, order, directory, now);
  }
  let open: string | null = null;
  for (const order of oldestFirst.filter(({ outcome }) => OPEN.includes(outcome))) {
    const id = await placeOrder(subgraphs, ctx, order, directory);
    if (order.outcome === 'fulfilled') open = id;
  }
  return open;
}

async function directoryOf(
  { catalog, inventory }: Subgraphs,
  ctx: RequestContext,
  shop: DemoCatalog,
): Promise<ShopDirectory> {
  const skus = [...new Set(shop.orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
  const fields = skus.map(
    (sku, index) =>
      `v${index}: productVariant(sku: ${JSON.stringify(sku)}) { id name options { name value } product { id name } }`,
  );
  const found = await runOperation<Record<string, CatalogVariant>>(catalog.schema, ctx, `{ ${fields.join('\n')} }`);
  const { warehouses } = await runOperation<{ warehouses: { nodes: { id: string; code: string }[] } }>(
    inventory.schema,
    ctx,
    '{ warehouses(first: 50) { nodes { id code } } }',
  );
  const first = shop.warehouses.toSorted((a, b) => a.priority - b.priority)[0];
  return {
    shop,
    variants: new Map(
      skus.flatMap((sku, index) => (found[`v${index}`] ? [[sku, found[`v${index}`]] as [string, CatalogVariant]] : [])),
    ),
    warehouseId: warehouses.nodes.find(({ code }) => code === first?.code)?.id ?? '',
  };
}

/** @throws Error when no product has the SKU. */
export function variantOf({ variants }: ShopDirectory, sku: string): CatalogVariant {
  const variant = variants.get(sku);
  if (!variant) throw new Error(`No product of the demo has the SKU ${sku}`);
  return variant;
}
