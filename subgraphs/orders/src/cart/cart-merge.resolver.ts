import type { RequestContext } from '@souk/kit/context';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import { CartMergeInput } from './cart.inputs.ts';
import type { LeftLine } from './cart-merge.ts';
import type { CartMergeService } from './cart-merge.service.ts';
import { CartMergePayload, type CartLeftLineType } from './cart-payloads.types.ts';
import { presentCart } from './cart.presenter.ts';

@Resolver()
export class CartMergeResolver {
  readonly #merges: CartMergeService;

  constructor(merges: CartMergeService) {
    this.#merges = merges;
  }

  @Directive('@authenticated')
  @Mutation(() => CartMergePayload, {
    nullable: true,
    description:
      'Moves the lines of a cart to the cart of the customer who is logged in, or makes the cart the own one when the customer has none. Units of the same variant are added. Lines that do not fit stay in the named cart.',
  })
  cartMerge(@Arg('input', () => CartMergeInput) input: CartMergeInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#merges.merge(ctx, input),
      ({ warnings, left, ...priced }) => ({
        cart: presentCart(priced, warnings),
        warnings,
        leftLines: left.map(presentLeftLine),
      }),
    );
  }
}

function presentLeftLine({ line, reason }: LeftLine): CartLeftLineType {
  const { variantId, sku, productName, quantity } = line;
  return { code: reason.code, message: reason.message, variantId, sku, name: productName, quantity };
}
