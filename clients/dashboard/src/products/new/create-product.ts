import { ProductCreateDocument, StockAdjustDocument, type ProductCreateInput } from '@souk/sdk';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';

/** The first units of a product: of each SKU in one warehouse. */
export interface FirstStock {
  readonly warehouseId: string;
  readonly reason: string;
  readonly units: readonly { readonly sku: string; readonly units: number }[];
}

/** A created product. `stockProblem` states why its first stock was not recorded. Null when nothing failed. */
export interface CreatedProduct {
  readonly id: string;
  readonly stockProblem: string | null;
}

/**
 * Creates a product, then records its first stock. When the server refuses the stock, the product is kept.
 * @throws RefusalError when the server refuses the product
 */
export async function createProduct(product: ProductCreateInput, stock: FirstStock | null): Promise<CreatedProduct> {
  const input = { ...product, idempotencyKey: newIdempotencyKey() };
  const { product: created } = accepted((await souk.run(ProductCreateDocument, { input })).productCreate);
  if (!created) throw new Error('The server returned no product.');
  try {
    if (stock) await recordStock(stock);
    return { id: created.id, stockProblem: null };
  } catch (error) {
    return { id: created.id, stockProblem: error instanceof Error ? error.message : String(error) };
  }
}

async function recordStock({ warehouseId, reason, units }: FirstStock): Promise<void> {
  for (const { sku, units: setOnHand } of units) {
    const input = { idempotencyKey: newIdempotencyKey(), sku, warehouseId, setOnHand, reason, expectedVersion: 0 };
    accepted((await souk.run(StockAdjustDocument, { input })).stockAdjust);
  }
}
