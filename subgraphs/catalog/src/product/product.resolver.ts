import type { RequestContext } from '@souk/kit/context';
import { canonicalText } from '@souk/kit/domain';
import { oneKey } from '../one-key.inputs.ts';
import { valueOrThrow } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { selectionOf } from '../selection.inputs.ts';
import { barcodeOf } from '../variant/barcode.ts';
import { presentVariant } from '../variant/variant.presenter.ts';
import { ProductListArgs, productListQuery } from './product-list.inputs.ts';
import { productList } from './product-list.resolver.ts';
import type { ProductReader } from './product-reader.service.ts';
import { wantedOfProduct, wantedOfVariant } from './product-selection.ts';
import { presentProduct } from './product.presenter.ts';
import { ProductConnection, ProductType, ProductVariantType } from './product.types.ts';

@Resolver()
export class ProductResolver {
  readonly #reader: ProductReader;

  constructor(reader: ProductReader) {
    this.#reader = reader;
  }

  @Query(() => ProductConnection, { nullable: true, description: 'Published products. For staff, drafts too.' })
  products(
    @Args(() => ProductListArgs) args: ProductListArgs,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return productList(this.#reader, ctx, productListQuery(args), info);
  }

  @Query(() => ProductType, { nullable: true, description: 'By id or by slug: pass exactly one of them.' })
  async product(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('slug', () => String, { nullable: true }) slug: string | null,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const [by, value] = oneKey({ id, slug });
    const [product] = await this.#reader.find(ctx, by, [value], wantedOfProduct(selectionOf(info)));
    return product ? presentProduct(product) : null;
  }

  @Query(() => ProductVariantType, {
    nullable: true,
    description: 'By id, by SKU or by barcode: pass exactly one of them.',
  })
  async productVariant(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('sku', () => String, { nullable: true }) sku: string | null,
    @Arg('barcode', () => String, { nullable: true, description: 'A GTIN, with or without leading zeros.' })
    barcode: string | null,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const [by, value] = oneKey({
      id,
      sku: typeof sku === 'string' ? (canonicalText(sku) ?? sku) : sku,
      barcode: typeof barcode === 'string' ? valueOrThrow(barcodeOf(barcode, ['barcode'])) : barcode,
    });
    const [variant] = await this.#reader.findVariants(ctx, by, [value], wantedOfVariant(selectionOf(info)));
    return variant ? presentVariant(variant) : null;
  }
}
