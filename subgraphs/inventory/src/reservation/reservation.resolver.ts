import type { RequestContext } from '@souk/kit/context';
import { ForScope, RequestLoader } from '@souk/kit/graphql';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { StockRead } from '../contract.ts';
import type { ReservationReader } from './reservation-reader.service.ts';
import { presentReservation } from './reservation.presenter.ts';
import { OrderStub, ReservationType } from './reservation.types.ts';

@Resolver(() => OrderStub)
export class ReservationResolver {
  readonly #byOrder: RequestLoader<string, readonly ReservationType[]>;
  readonly #byId: RequestLoader<string, ReservationType>;

  constructor(reservations: ReservationReader) {
    this.#byOrder = new RequestLoader(async (ctx, ids) => {
      const found = await reservations.byOrders(ctx, ids);
      return new Map([...found].map(([id, each]) => [id, each.map(presentReservation)]));
    });
    this.#byId = new RequestLoader(async (ctx, ids) => {
      const found = await reservations.byIds(ctx, ids);
      return new Map([...found].map(([id, each]) => [id, presentReservation(each)]));
    });
  }

  /** Loads a reservation that another subgraph references. */
  referenced(ctx: RequestContext, id: string): Promise<ReservationType | null> {
    return this.#byId.load(ctx, id);
  }

  @ForScope(StockRead)
  @FieldResolver(() => [ReservationType], { nullable: true, description: 'Oldest first.' })
  async reservations(@Root() order: OrderStub, @Ctx() ctx: RequestContext) {
    return (await this.#byOrder.load(ctx, order.id)) ?? [];
  }
}
