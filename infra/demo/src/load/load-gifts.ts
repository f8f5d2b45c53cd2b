import type { RequestContext } from '@souk/kit/context';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { DemoCatalog } from '../shops/demo.types.ts';
import { runOperation } from './run-operation.ts';

const VARIANT = 'query ($sku: String!) { productVariant(sku: $sku) { id } }';

/** Adds the promotions that give a variant for free. A promotion whose code exists is not changed. */
export async function loadGifts({ catalog, orders }: Subgraphs, ctx: RequestContext, shop: DemoCatalog): Promise<void> {
  for (const { sku, ...gift } of shop.gifts) {
    const { productVariant } = await runOperation<{ productVariant: { id: string } | null }>(
      catalog.schema,
      ctx,
      VARIANT,
      { sku },
    );
    if (!productVariant)
      throw new Error(`No product of the demo has the SKU "${sku}". Correct infra/demo/src/shops/promotions.ts.`);
    await orders.services.importPromotions(ctx, [{ ...gift, action: { type: 'GIFT', variantId: productVariant.id } }]);
  }
}
