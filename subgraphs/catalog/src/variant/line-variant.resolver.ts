import type { RequestContext } from '@souk/kit/context';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { ProductLoaders } from '../product/product.loader.ts';
import { presentVariant } from './variant.presenter.ts';
import { ProductVariantType } from '../product/product.types.ts';

const KEY = '@key(fields: "id variantId")';
const DESCRIPTION = 'The variant as it is today. Null once it is deleted or its product is not published any more.';

/** A line of a cart of the orders subgraph, as far as this one adds to it. */
@Directive(KEY)
@ObjectType('CartLine', { simpleResolvers: true })
export class CartLineStub {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  variantId!: string;
}

/** A line of an order of the orders subgraph, as far as this one adds to it. */
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
 * Lines keep the id of a variant that may be deleted. The catalog alone knows: a key that orders handed out unchecked would look like a
 * variant to a client that selects nothing but the id.
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

/** As `CartLineVariantResolver`. */
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
