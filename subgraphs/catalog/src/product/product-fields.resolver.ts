import type { RequestContext } from '@souk/kit/context';
import { isSameRange, pageRange, type PageRange } from '@souk/kit/domain';
import { CurrencyCodeScalar, MoneyType, PageArgs, valueOrThrow, type FieldResolvers } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { presentBrand } from '../brand/brand.presenter.ts';
import { BrandType } from '../brand/brand.types.ts';
import { presentCategory } from '../category/category.presenter.ts';
import { CategoryType } from '../category/category.types.ts';
import { presentCollection } from '../collection/collection.presenter.ts';
import { CollectionType } from '../collection/collection.types.ts';
import { PriceArgs, PriceTierArgs } from '../pricing/price.inputs.ts';
import {
  inCurrency,
  presentComparedPrice,
  presentOfferPrice,
  presentTiers,
  presentUnitPrice,
} from '../pricing/price.presenter.ts';
import { byPriority, priceSteps, type PriceOffer } from '../pricing/price-selection.ts';
import { PriceTierType, UnitPriceType } from '../pricing/price.types.ts';
import { VariantPageConnection, type PresentedVariant } from '../variant/variant.presenter.ts';
import { presentMedia } from './media.presenter.ts';
import type { ProductLoaders } from './product.loader.ts';
import {
  presentPriceRange,
  presentProduct,
  type PresentedProduct,
  type PresentedProductList,
} from './product.presenter.ts';
import {
  AttributeValuesType,
  PriceRangeType,
  ProductConnection,
  ProductMediaType,
  ProductType,
  ProductVariantConnection,
  ProductVariantType,
} from './product.types.ts';

/** Resolves the details of a product. Most details are loaded together with the product. All other details are loaded in batches. */
@Resolver(() => ProductType)
export class ProductFieldsResolver {
  readonly #loaders: ProductLoaders;
  readonly #publicUrl: () => string | null;

  /** @param publicUrl the URL by which clients reach the server. Null while it is unknown. */
  constructor(loaders: ProductLoaders, publicUrl: () => string | null) {
    this.#loaders = loaders;
    this.#publicUrl = publicUrl;
  }

  @FieldResolver(() => BrandType, { nullable: true })
  async brand(@Root() { id, loaded }: PresentedProduct, @Ctx() ctx: RequestContext) {
    const brand = loaded.brand === undefined ? await this.#loaders.brands.load(ctx, id) : loaded.brand;
    return brand ? presentBrand(brand) : null;
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [CategoryType], {
    description: 'The categories that the product was assigned to, without their ancestors.',
  })
  async categories(@Root() { id, loaded }: PresentedProduct, @Ctx() ctx: RequestContext) {
    return (loaded.categories ?? (await this.#loaders.categories.load(ctx, id)) ?? []).map(presentCategory);
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [CollectionType])
  async collections(@Root() { id, loaded }: PresentedProduct, @Ctx() ctx: RequestContext) {
    return (loaded.collections ?? (await this.#loaders.collections.load(ctx, id)) ?? []).map(presentCollection);
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [AttributeValuesType])
  async attributes(@Root() { id, loaded }: PresentedProduct, @Ctx() ctx: RequestContext) {
    return loaded.attributes ?? (await this.#loaders.productAttributes.load(ctx, id)) ?? [];
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [ProductMediaType], { description: 'The first is the main picture or film.' })
  async media(@Root() { id, loaded }: PresentedProduct, @Ctx() ctx: RequestContext) {
    const media = loaded.media ?? (await this.#loaders.media.load(ctx, id)) ?? [];
    return media.map(presentMedia(this.#publicUrl()));
  }

  @FieldResolver(() => PriceRangeType, {
    nullable: true,
    description:
      "In the shop's default currency unless another is given. Null when no variant has a price in the currency.",
  })
  priceRange(
    @Root() product: PresentedProduct,
    @Arg('currencyCode', () => CurrencyCodeScalar, { nullable: true }) currencyCode?: string | null,
  ) {
    return presentPriceRange(product, currencyCode);
  }

  @FieldResolver(() => ProductVariantConnection)
  variants(@Root() product: PresentedProduct, @Args(() => PageArgs) args: PageArgs, @Ctx() ctx: RequestContext) {
    const { variants } = product.loaded;
    const range = valueOrThrow(pageRange(args));
    const isLoaded = variants && isSameRange(variants.range, range);
    return isLoaded ? new VariantPageConnection(variants, product) : this.#loadVariants(ctx, product, range);
  }

  async #loadVariants(ctx: RequestContext, product: PresentedProduct, range: PageRange) {
    const page = await this.#loaders.variantPage.load(ctx, { parentId: product.id, range });
    return page && new VariantPageConnection(page, product);
  }
}

/** Resolves the details of a variant. */
@Resolver(() => ProductVariantType)
export class ProductVariantFieldsResolver {
  readonly #loaders: ProductLoaders;

  constructor(loaders: ProductLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      "What the caller pays for one unit, by the price lists that apply to the caller. In the shop's default currency unless another is given. Null when the variant has no price in the currency. Carts charge the same price.",
  })
  price(@Root() variant: PresentedVariant, @Args(() => PriceArgs) args: PriceArgs, @Ctx() ctx: RequestContext) {
    return onOffer(this.#offer(variant, args, ctx), presentOfferPrice);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'The price of one unit before a reduction. Null when `price` is not reduced.',
  })
  compareAtPrice(
    @Root() variant: PresentedVariant,
    @Args(() => PriceArgs) args: PriceArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return onOffer(this.#offer(variant, args, ctx), presentComparedPrice);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether `price` includes the tax. Null: as the shop's prices do, or there is no price.",
  })
  priceIncludesTax(
    @Root() variant: PresentedVariant,
    @Args(() => PriceArgs) args: PriceArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return onOffer(this.#offer(variant, args, ctx), ({ includesTax }) => includesTax);
  }

  @FieldResolver(() => UnitPriceType, {
    nullable: true,
    description:
      'What `price` is for one measure of the content. Null when the content is not declared, or there is no price.',
  })
  unitPrice(@Root() variant: PresentedVariant, @Args(() => PriceArgs) args: PriceArgs, @Ctx() ctx: RequestContext) {
    const { content } = variant;
    return content && onOffer(this.#offer(variant, args, ctx), (offer) => presentUnitPrice(content, offer));
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [PriceTierType], {
    description:
      'The prices of one unit by the number of units in a cart line, smallest number first. Empty when the variant has no price in the currency.',
  })
  async priceTiers(
    @Root() { id, loaded: { row } }: PresentedVariant,
    @Args(() => PriceTierArgs) { currencyCode, countryCode }: PriceTierArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const offers = await this.#loaders.variantOffers.load(ctx, { variantId: id, countryCode: countryCode ?? null });
    return presentTiers(priceSteps(byPriority, inCurrency(offers ?? [], currencyCode ?? row.default_currency)));
  }

  @FieldResolver(() => [MoneyType], {
    description: 'The own price of one unit in every currency for which the variant has one, without price lists.',
  })
  prices(@Root() { loaded: { row } }: PresentedVariant) {
    return (row.offers ?? []).filter(({ rank }) => rank === null).map(presentOfferPrice);
  }

  @FieldResolver(() => ProductType, { nullable: true })
  async product(@Root() { loaded: { row }, reachedFrom }: PresentedVariant, @Ctx() ctx: RequestContext) {
    if (reachedFrom) return reachedFrom;
    const product = await this.#loaders.product.load(ctx, row.product_id);
    return product && presentProduct(product);
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [AttributeValuesType])
  async attributes(@Root() { id, loaded }: PresentedVariant, @Ctx() ctx: RequestContext) {
    return loaded.attributes ?? (await this.#loaders.variantAttributes.load(ctx, id)) ?? [];
  }

  /**
   * Selects the variant's price for the arguments. Returns a promise only when the prices that were loaded with the
   * variant do not suffice.
   */
  #offer({ id, loaded: { row } }: PresentedVariant, args: PriceArgs, ctx: RequestContext): OnOffer {
    const { currencyCode, quantity, countryCode } = args;
    const currency = currencyCode ?? row.default_currency;
    const units = quantity ?? 1;
    if (units === 1 && !countryCode) return byPriority.select(inCurrency(row.offers ?? [], currency), 1);
    return this.#loaders.variantOffers
      .load(ctx, { variantId: id, countryCode: countryCode ?? null })
      .then((offers) => byPriority.select(inCurrency(offers ?? [], currency), units));
  }
}

type OnOffer = PriceOffer | null | Promise<PriceOffer | null>;

/**
 * Presents a price that may still be loading. A loaded price is not wrapped in a promise, because promises would slow down lists of
 * hundreds of variants.
 */
function onOffer<Shown>(offer: OnOffer, present: (offer: PriceOffer) => Shown): Shown | null | Promise<Shown | null> {
  if (offer instanceof Promise) return offer.then((found) => found && present(found));
  return offer && present(offer);
}

interface ListedPriceArgs {
  readonly currencyCode?: string | null;
}

/** Plain resolver functions for fields that lists show. They avoid the overhead of type-graphql per row. */
export function listedFields(product: ProductFieldsResolver, variant: ProductVariantFieldsResolver): FieldResolvers {
  return {
    Product: {
      priceRange: (root: PresentedProduct, { currencyCode }: ListedPriceArgs) => product.priceRange(root, currencyCode),
      variants: (root: PresentedProduct, page: PageArgs, ctx: RequestContext) => product.variants(root, page, ctx),
    },
    ProductVariant: {
      price: (root: PresentedVariant, args: PriceArgs, ctx: RequestContext) => variant.price(root, args, ctx),
      compareAtPrice: (root: PresentedVariant, args: PriceArgs, ctx: RequestContext) =>
        variant.compareAtPrice(root, args, ctx),
    },
  };
}

/** Resolves the number of products in a list. The products are only counted when the client selects the field. */
@Resolver(() => ProductConnection)
export class ProductConnectionResolver {
  @Directive('@cost(weight: 20)')
  @FieldResolver(() => Int, {
    description: 'The total number. Select it only to show it: the server counts every entry.',
  })
  totalCount(@Root() list: PresentedProductList) {
    return list.countAll();
  }
}
