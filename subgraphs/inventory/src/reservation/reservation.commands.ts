import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import type { StockOffer } from '../availability/availability.repository.ts';
import type { AvailabilityService } from '../availability/availability.service.ts';
import { CheckStock, CommitStock, HoldCartStock, ReleaseStock, ReserveStock, RestockSold } from '../contract.ts';
import type { RestockService } from './restock.service.ts';
import type { CartHoldService } from './cart-hold.service.ts';
import type { ReservationService } from './reservation.service.ts';
import type { ReserveService } from './reserve.service.ts';

/** Handles the commands of `contract.ts` that reserve, release, commit, restock and check stock. */
export function stockCommands({
  reserving,
  cartHolds,
  reservations,
  restocks,
  availability,
}: {
  readonly reserving: ReserveService;
  readonly cartHolds: CartHoldService;
  readonly reservations: ReservationService;
  readonly restocks: RestockService;
  readonly availability: AvailabilityService;
}): CommandHandler[] {
  return [
    handleCommand(CheckStock, async (ctx, { skus, cartId }) => {
      const found = await availability.ofSkus(ctx, skus, cartId);
      return { available: skus.map((sku) => checked(sku, found.get(sku))) };
    }),
    handleCommand(ReserveStock, (ctx, request) => reserving.reserve(ctx, request)),
    handleCommand(HoldCartStock, (ctx, request) => cartHolds.hold(ctx, request)),
    handleCommand(ReleaseStock, (ctx, { reservationId }) => reservations.release(ctx, reservationId)),
    handleCommand(CommitStock, (ctx, { reservationId }) => reservations.commit(ctx, reservationId)),
    handleCommand(RestockSold, (ctx, request) => restocks.restock(ctx, request)),
  ];
}

function checked(sku: string, offer: StockOffer | undefined) {
  const { available = 0, mode, backorderable, expectedAt } = offer ?? {};
  return {
    sku,
    available,
    ...(mode && { mode }),
    ...(backorderable && { backorderable }),
    ...(expectedAt && { expectedAt: expectedAt.toISOString() }),
  };
}
