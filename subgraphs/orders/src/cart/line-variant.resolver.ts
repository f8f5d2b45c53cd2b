import { VisibleVariants } from '@souk/catalog/contract';
import type { RequestContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import { RequestLoader } from '@souk/kit/graphql';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OrderLineType } from '../order/order.types.ts';
import { CartLineType } from './cart.types.ts';
import { ProductVariantStub } from './product-variant.types.ts';

/** The variants that the caller can see, of which the catalog is asked once for all lines of a request. */
export type VariantLoader = RequestLoader<string, ProductVariantStub>;

export function variantLoader(commands: CommandClient): VariantLoader {
  return new RequestLoader(async (context, ids) => {
    const { variantIds } = await commands.send(context, VisibleVariants, { variantIds: [...ids] });
    return new Map(variantIds.map((id) => [id, { id }]));
  });
}

/**
 * Null for a variant that is gone, whatever is selected of it: the gateway takes a client that selects only the key not to the catalog, so
 * that a key handed out here unchecked would look like a variant.
 */
@Resolver(() => CartLineType)
export class CartLineVariantResolver {
  constructor(private readonly variants: VariantLoader) {}

  @FieldResolver(() => ProductVariantStub, { nullable: true, description: 'As it is today; null once it is gone.' })
  variant(@Root() { variant }: CartLineType, @Ctx() context: RequestContext) {
    return variant && this.variants.load(context, variant.id);
  }
}

/** As `CartLineVariantResolver`. */
@Resolver(() => OrderLineType)
export class OrderLineVariantResolver {
  constructor(private readonly variants: VariantLoader) {}

  @FieldResolver(() => ProductVariantStub, { nullable: true, description: 'As it is today; null once it is gone.' })
  variant(@Root() { variant }: OrderLineType, @Ctx() context: RequestContext) {
    return variant && this.variants.load(context, variant.id);
  }
}
