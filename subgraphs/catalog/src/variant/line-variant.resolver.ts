import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { ProductLoaders } from '../product/product.loader.ts';
import { presentVariant } from './variant.presenter.ts';
import { ProductVariantType } from '../product/product.types.ts';

const KEY = '@key(fields: "id variantId")';
const DESCRIPTION = 'The variant as it is today. Null once it is deleted or its product is not published any more.';

/** A stub of the cart line, which the subgraph orders owns. This subgraph adds the field `variant`. */
@Directive(KEY)
@ObjectType('CartLine', { simpleResolvers: true })
export class CartLineStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  variantId!: string;
}

/** A stub of the order line, which the subgraph orders owns. This subgraph adds the field `variant`. */
@Directive(KEY)
@ObjectType('OrderLine', { simpleResolvers: true })
export class OrderLineStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  variantId!: string;
}

/**
 * Resolves the variant of a cart line. Null when the variant was deleted. The subgraph orders cannot resolve this field, because it does
 * not store which variants were deleted.
 */
@Resolver(() => CartLineStub)
export class CartLineVariantResolver {
  readonly #loaders: ProductLoaders;

  constructor(loaders: ProductLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => ProductVariantType, { nullable: true, description: DESCRIPTION })
  variant(@Root() line: CartLineStub, @Ctx() ctx: RequestContext) {
    return variantOf(line, ctx, this.#loaders);
  }
}

/** Resolves the variant of an order line. Null when the variant was deleted. */
@Resolver(() => OrderLineStub)
export class OrderLineVariantResolver {
  readonly #loaders: ProductLoaders;

  constructor(loaders: ProductLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => ProductVariantType, { nullable: true, description: DESCRIPTION })
  variant(@Root() line: OrderLineStub, @Ctx() ctx: RequestContext) {
    return variantOf(line, ctx, this.#loaders);
  }
}

/** A stub of the wishlist item, which the subgraph orders owns. This subgraph adds the field `variant`. */
@Directive(KEY)
@ObjectType('WishlistItem', { simpleResolvers: true })
export class WishlistItemStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  variantId!: string;
}

/** Resolves the variant of a wishlist item. Null when the variant was deleted. */
@Resolver(() => WishlistItemStub)
export class WishlistItemVariantResolver {
  readonly #loaders: ProductLoaders;

  constructor(loaders: ProductLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => ProductVariantType, { nullable: true, description: DESCRIPTION })
  variant(@Root() item: WishlistItemStub, @Ctx() ctx: RequestContext) {
    return variantOf(item, ctx, this.#loaders);
  }
}

async function variantOf({ variantId }: CartLineStub, ctx: RequestContext, { variantById }: ProductLoaders) {
  const variant = await variantById.load(ctx, variantId);
  return variant && presentVariant(variant);
}
