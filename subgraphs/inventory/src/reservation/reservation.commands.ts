import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { CommitStock, ReleaseStock, ReserveStock, RestockSold } from '../contract.ts';
import type { RestockService } from '../stock/restock.service.ts';
import type { ReservationService } from './reservation.service.ts';

/** The answers to the commands of the contract. */
export function stockCommands(reservations: ReservationService, restocks: RestockService): CommandHandler[] {
  return [
    handleCommand(ReserveStock, (ctx, request) => reservations.reserve(ctx, request)),
    handleCommand(ReleaseStock, (ctx, { reservationId }) => reservations.release(ctx, reservationId)),
    handleCommand(CommitStock, (ctx, { reservationId }) => reservations.commit(ctx, reservationId)),
    handleCommand(RestockSold, (ctx, request) => restocks.restock(ctx, request)),
  ];
}
