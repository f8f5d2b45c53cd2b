import type { RequestContext } from '@souk/kit/context';
import { DateTimeScalar, RequestLoader } from '@souk/kit/graphql';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CartHoldService } from './cart-hold.service.ts';
import { CartStub } from './reservation.types.ts';

@Resolver(() => CartStub)
export class CartHoldResolver {
  readonly #ends: RequestLoader<string, Date>;

  constructor(holds: CartHoldService) {
    this.#ends = new RequestLoader((ctx, ids) => holds.ends(ctx, ids));
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time until which stock is reserved for the cart. Every change of its lines starts the time anew. Null when no stock is reserved.',
  })
  stockReservedUntil(@Root() cart: CartStub, @Ctx() ctx: RequestContext) {
    return this.#ends.load(ctx, cart.id);
  }
}
