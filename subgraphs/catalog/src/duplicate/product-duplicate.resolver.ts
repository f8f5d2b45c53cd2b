import type { RequestContext } from '@souk/kit/context';
import { ForScope, TextField } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, InputType, Mutation, Resolver } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';
import { CatalogWrite } from '../contract.ts';
import { entityPayload } from '../payload.types.ts';
import { changedProduct } from '../product/changed-product.loader.ts';
import type { ProductReader } from '../product/product-reader.service.ts';
import { ProductType } from '../product/product.types.ts';
import { respond } from '../user-errors.ts';
import type { ProductDuplicate } from './product-duplicate.service.ts';

@InputType('ProductDuplicateInput')
export class ProductDuplicateInput extends ChangeInputType {
  @TextField({ nullable: true, description: 'Default: the name of the product.' })
  name?: string | null;

  @TextField({ nullable: true, description: 'Default: derived from the name, with a number when that slug is taken.' })
  slug?: string | null;

  @TextField({ nullable: true, max: 50, description: 'Follows the base SKU and each SKU. Default: "-COPY".' })
  skuSuffix?: string | null;
}

const ProductDuplicatePayload = entityPayload('ProductDuplicate', 'product', ProductType);

@Resolver()
export class ProductDuplicateResolver {
  readonly #duplicates: ProductDuplicate;
  readonly #products: ProductReader;

  constructor(duplicates: ProductDuplicate, products: ProductReader) {
    this.#duplicates = duplicates;
    this.#products = products;
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductDuplicatePayload, {
    nullable: true,
    description:
      'Copies a product with its variants, prices, attributes, texts, pictures, categories and collections. The copy is a draft without external references, barcodes, metafields and prices of price lists.',
  })
  productDuplicate(
    @Arg('input', () => ProductDuplicateInput) input: ProductDuplicateInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(
      input,
      () => this.#duplicates.duplicate(ctx, input),
      (id) => ({ product: changedProduct(this.#products, ctx, id, info) }),
    );
  }
}
