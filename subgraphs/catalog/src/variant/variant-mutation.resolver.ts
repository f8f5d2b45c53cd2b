import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { unitPrices } from '../catalog.inputs.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import type { ProductReader } from '../product/product-reader.service.ts';
import { wantedOfVariant } from '../product/product-selection.ts';
import { variantDraft } from '../product/product.inputs.ts';
import { ProductVariantType } from '../product/product.types.ts';
import { selectionOf } from '../selection.inputs.ts';
import {
  ProductVariantCreateInput,
  ProductVariantDeleteInput,
  ProductVariantUpdateInput,
  VariantPricesSetInput,
} from './variant.inputs.ts';
import { presentVariant } from './variant.presenter.ts';
import type { VariantService } from './variant.service.ts';

const ProductVariantCreatePayload = entityPayload('ProductVariantCreate', 'productVariant', ProductVariantType);
const ProductVariantUpdatePayload = entityPayload('ProductVariantUpdate', 'productVariant', ProductVariantType);
const VariantPricesSetPayload = entityPayload('VariantPricesSet', 'productVariant', ProductVariantType);
const ProductVariantDeletePayload = deletePayload('ProductVariantDelete');

@Resolver()
export class VariantMutationResolver {
  readonly #variants: VariantService;
  readonly #reader: ProductReader;

  constructor(variants: VariantService, reader: ProductReader) {
    this.#variants = variants;
    this.#reader = reader;
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductVariantCreatePayload, {
    nullable: true,
    description: 'Adds a variant as the last of its product.',
  })
  productVariantCreate(
    @Arg('input', () => ProductVariantCreateInput) input: ProductVariantCreateInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { productId, idempotencyKey = null, ...variant } = input;
    return this.#respond(ctx, info, input, () =>
      this.#variants.create(ctx, { ...variantDraft(variant), productId, idempotencyKey }),
    );
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductVariantUpdatePayload, { nullable: true })
  productVariantUpdate(
    @Arg('input', () => ProductVariantUpdateInput) input: ProductVariantUpdateInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#respond(ctx, info, input, () => this.#variants.update(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => VariantPricesSetPayload, { nullable: true })
  variantPricesSet(
    @Arg('input', () => VariantPricesSetInput) input: VariantPricesSetInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { prices, ...change } = input;
    return this.#respond(ctx, info, input, () =>
      this.#variants.setPrices(ctx, { ...change, prices: unitPrices(prices) }),
    );
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductVariantDeletePayload, {
    nullable: true,
    description: 'Deletes a variant. Its SKU is free again. Orders keep their copy of its data.',
  })
  productVariantDelete(
    @Arg('input', () => ProductVariantDeleteInput) input: ProductVariantDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#variants.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, info: GraphQLResolveInfo, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ productVariant: this.#changed(ctx, id, info) }));
  }

  /** Reads the changed variant for the payload, after the mutation has committed. */
  async #changed(ctx: RequestContext, id: string, info: GraphQLResolveInfo) {
    const [variant] = await this.#reader.findVariants(
      ctx,
      'id',
      [id],
      wantedOfVariant(selectionOf(info).below('productVariant')),
    );
    return variant ? presentVariant(variant) : null;
  }
}
