import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import type { AvailabilityService } from '../availability/availability.service.ts';
import { CheckStock, CommitStock, ReleaseStock, ReserveStock, RestockSold } from '../contract.ts';
import type { RestockService } from '../stock/restock.service.ts';
import type { ReservationService } from './reservation.service.ts';

/** Handles the commands of `contract.ts` that reserve, release, commit, restock and check stock. */
export function stockCommands(
  reservations: ReservationService,
  restocks: RestockService,
  availability: AvailabilityService,
): CommandHandler[] {
  return [
    handleCommand(CheckStock, async (ctx, { skus }) => {
      const found = await availability.ofSkus(ctx, skus);
      return { available: skus.map((sku) => ({ sku, available: found.get(sku) ?? 0 })) };
    }),
    handleCommand(ReserveStock, (ctx, request) => reservations.reserve(ctx, request)),
    handleCommand(ReleaseStock, (ctx, { reservationId }) => reservations.release(ctx, reservationId)),
    handleCommand(CommitStock, (ctx, { reservationId }) => reservations.commit(ctx, reservationId)),
    handleCommand(RestockSold, (ctx, request) => restocks.restock(ctx, request)),
  ];
}
