import type { RequestContext } from '@souk/kit/context';
import { ForScope, type RequestLoader } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { entityPayload } from '../payload.types.ts';
import { changedProduct } from '../product/changed-product.loader.ts';
import type { ProductReader } from '../product/product-reader.service.ts';
import type { PresentedProduct } from '../product/product.presenter.ts';
import { ProductType } from '../product/product.types.ts';
import { respond } from '../user-errors.ts';
import { ProductMetafieldsSetInput } from './metafield.inputs.ts';
import type { MetafieldRow } from './metafield.repository.ts';
import type { MetafieldService } from './metafield.service.ts';
import { MetafieldType } from './metafield.types.ts';

const ProductMetafieldsSetPayload = entityPayload('ProductMetafieldsSet', 'product', ProductType);

@Resolver(() => ProductType)
export class MetafieldResolver {
  readonly #metafields: MetafieldService;
  readonly #products: ProductReader;
  readonly #loader: RequestLoader<string, MetafieldRow[]>;

  constructor(metafields: MetafieldService, products: ProductReader, loader: RequestLoader<string, MetafieldRow[]>) {
    this.#metafields = metafields;
    this.#products = products;
    this.#loader = loader;
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [MetafieldType], {
    description: 'The metafields that the caller may read, by namespace and key. A product has at most 100.',
  })
  async metafields(
    @Root() { id }: PresentedProduct,
    @Arg('namespace', () => String, { nullable: true }) namespace: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    const all = (await this.#loader.load(ctx, id)) ?? [];
    return typeof namespace === 'string' ? all.filter((each) => each.namespace === namespace) : all;
  }

  @ForScope(CatalogWrite)
  @Mutation(() => ProductMetafieldsSetPayload, { nullable: true })
  productMetafieldsSet(
    @Arg('input', () => ProductMetafieldsSetInput) input: ProductMetafieldsSetInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(
      input,
      () => this.#metafields.set(ctx, input),
      (id) => ({ product: changedProduct(this.#products, ctx, id, info) }),
    );
  }
}
