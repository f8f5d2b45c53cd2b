import type { RequestContext } from '@souk/kit/context';
import type { GraphQLResolveInfo } from 'graphql';
import { selectionOf } from '../selection.inputs.ts';
import type { ProductReader } from './product-reader.service.ts';
import { wantedOfProduct } from './product-selection.ts';
import { presentProduct, type PresentedProduct } from './product.presenter.ts';

/**
 * Reads a changed product for the field `product` of a mutation's payload, after the mutation has committed. Null when the product was deleted
 * meanwhile.
 */
export async function changedProduct(
  reader: ProductReader,
  ctx: RequestContext,
  id: string,
  info: GraphQLResolveInfo,
): Promise<PresentedProduct | null> {
  const [product] = await reader.find(ctx, 'id', [id], wantedOfProduct(selectionOf(info).below('product')));
  return product ? presentProduct(product) : null;
}
