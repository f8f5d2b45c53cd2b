import type { RequestContext } from '@souk/kit/context';
import { valueOrThrow } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { selectionOf } from '../selection.inputs.ts';
import { selectionOfNodes } from '../selection.ts';
import type { ProductListQuery } from './product-list.repository.ts';
import type { ProductReader } from './product-reader.service.ts';
import { wantedOfProduct } from './product-selection.ts';
import { presentProductList, type PresentedProductList } from './product.presenter.ts';

/** Resolves any list of products. One transaction reads the page and all selected details. */
export async function productList(
  reader: ProductReader,
  ctx: RequestContext,
  query: ProductListQuery,
  info: GraphQLResolveInfo,
): Promise<PresentedProductList> {
  const wanted = wantedOfProduct(selectionOfNodes(selectionOf(info)));
  const page = valueOrThrow(await reader.page(ctx, query, wanted));
  return presentProductList(page, () => reader.count(ctx, query.filter));
}
