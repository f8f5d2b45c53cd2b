import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { ProductLoaders } from '../product/product.loader.ts';
import { presentVariant } from './variant.presenter.ts';
import { ProductVariantType } from '../product/product.types.ts';

const KEY = '@key(fields: "id variantId")';
const DESCRIPTION = 'The variant as it is today. Null once it is deleted or its product is not published any more.';

/** A stub of the cart line in the subgraph orders. This subgraph adds the variant to the cart line. */
@Directive(KEY)
@ObjectType('CartLine', { simpleResolvers: true })
export class CartLineStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  variantId!: string;
}

/** A stub of the order line in the subgraph orders. This subgraph adds the variant to the order line. */
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
 * Resolves the variant of a cart line, or null when the variant was deleted. Only the catalog can decide this, because a cart line keeps
 * the id of a deleted variant.
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

/** Resolves the variant of an order line. See `CartLineVariantResolver`. */
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

async function variantOf({ variantId }: CartLineStub, ctx: RequestContext, { variantById }: ProductLoaders) {
  const variant = await variantById.load(ctx, variantId);
  return variant && presentVariant(variant);
}
