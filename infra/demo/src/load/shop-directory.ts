import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoCatalog } from '../shops/demo.types.ts';
import { runOperation } from './run-operation.ts';

/** The data that order lines refer to: the variants by SKU, and the preferred warehouse. */
export interface ShopDirectory {
  readonly shop: DemoCatalog;
  readonly variants: ReadonlyMap<string, CatalogVariant>;
  /** The id of the preferred warehouse, which is the warehouse with the lowest priority number. */
  readonly warehouseId: string;
}

export interface CatalogVariant {
  readonly id: string;
  readonly name: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly product: { readonly id: string; readonly name: string };
}

/** Reads the variants from the catalog, and the warehouse from the inventory. */
export async function shopDirectory(
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

/** @throws Error when no variant has the SKU */
export function variantOf({ variants }: ShopDirectory, sku: string): CatalogVariant {
  const variant = variants.get(sku);
  if (!variant) throw new Error(`No product of the demo has the SKU "${sku}". Correct infra/demo/src/shops/orders.ts.`);
  return variant;
}
