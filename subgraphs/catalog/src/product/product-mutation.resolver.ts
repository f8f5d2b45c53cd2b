import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { changedProduct } from './changed-product.loader.ts';
import type { ProductReader } from './product-reader.service.ts';
import {
  ProductCreateInput,
  ProductDeleteInput,
  ProductPublishInput,
  ProductTranslationSetInput,
  ProductUnpublishInput,
  ProductUpdateInput,
  variantDraft,
} from './product.inputs.ts';
import type { ProductService } from './product.service.ts';
import { ProductType } from './product.types.ts';

const ProductCreatePayload = entityPayload('ProductCreate', 'product', ProductType);
const ProductUpdatePayload = entityPayload('ProductUpdate', 'product', ProductType);
const ProductPublishPayload = entityPayload('ProductPublish', 'product', ProductType);
const ProductUnpublishPayload = entityPayload('ProductUnpublish', 'product', ProductType);
const ProductTranslationSetPayload = entityPayload('ProductTranslationSet', 'product', ProductType);
const ProductDeletePayload = deletePayload('ProductDelete');

@Resolver()
export class ProductMutationResolver {
  readonly #products: ProductService;
  readonly #reader: ProductReader;

  constructor(products: ProductService, reader: ProductReader) {
    this.#products = products;
    this.#reader = reader;
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductCreatePayload, {
    nullable: true,
    description: 'Creates a product with its variants, prices, categories, collections, translations and media.',
  })
  productCreate(
    @Arg('input', () => ProductCreateInput) input: ProductCreateInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { variants, categoryIds, collectionIds, ...draft } = input;
    const places = { categoryIds: categoryIds ?? [], collectionIds: collectionIds ?? [] };
    return this.#respond(ctx, info, input, () =>
      this.#products.create(ctx, { ...draft, ...places, variants: (variants ?? []).map(variantDraft) }),
    );
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductUpdatePayload, { nullable: true })
  productUpdate(
    @Arg('input', () => ProductUpdateInput) input: ProductUpdateInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#respond(ctx, info, input, () => this.#products.update(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductPublishPayload, {
    nullable: true,
    description: 'Shows the product to shoppers. Refused while no variant has a price.',
  })
  productPublish(
    @Arg('input', () => ProductPublishInput) input: ProductPublishInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#respond(ctx, info, input, () => this.#products.publish(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductUnpublishPayload, { nullable: true, description: 'Hides the product from shoppers.' })
  productUnpublish(
    @Arg('input', () => ProductUnpublishInput) input: ProductUnpublishInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#respond(ctx, info, input, () => this.#products.unpublish(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductTranslationSetPayload, { nullable: true })
  productTranslationSet(
    @Arg('input', () => ProductTranslationSetInput) input: ProductTranslationSetInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#respond(ctx, info, input, () => this.#products.setTranslation(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductDeletePayload, {
    nullable: true,
    description: 'Deletes a product. Its slug and SKUs are free again. Orders keep their copy of its data.',
  })
  productDelete(@Arg('input', () => ProductDeleteInput) input: ProductDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#products.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, info: GraphQLResolveInfo, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ product: changedProduct(this.#reader, ctx, id, info) }));
  }
}
