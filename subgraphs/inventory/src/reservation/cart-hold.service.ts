import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import type { z } from 'zod';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { HoldCartStock } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { demandBySku, type Allocation } from './allocation.ts';
import { availableStock, type HeldForCart } from './available-stock.ts';
import { cartReservations, cartHoldEnds, lockCart, renewHold } from './cart-hold.repository.ts';
import { lockGround, type ReservationGround } from './reservation-ground.repository.ts';
import { cartHoldSeconds, planCartHold } from './reservation-plan.ts';
import { endReservations, holdStock } from './reservation.repository.ts';

type HoldRequest = z.infer<typeof HoldCartStock.request>;
type Held = z.infer<typeof HoldCartStock.reply>;

/** Reserves the stock of carts, for SKUs of the mode RESERVE_ON_CART. */
export class CartHoldService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Reserves the lines of a cart in place of the lines that the cart reserved before, and restarts the time after which
   * they expire. A command for an earlier version of the cart, and a command for a cart that is ordered, change
   * nothing.
   */
  hold(ctx: RequestContext, request: HoldRequest): Promise<Held> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      await lockCart(tx, request.cartId);
      const { isOrdered, version } = await currentReservations(tx, request);
      const ground = await groundOf(tx, request);
      if (isOrdered || (version ?? 0) > request.cartVersion) return heldOf(ground);
      const demand = demandBySku(request.lines);
      const allocations = planCartHold(
        demand,
        availableStock(ground.levels, ground.cartHolds, ground.terms),
        ground.terms,
      );
      const seconds = cartHoldSeconds(demand.keys(), ground.terms);
      await replaceHold(tx, request, ground.cartHolds, { allocations, seconds: seconds ?? 0 });
      return { held: [...demandBySku(allocations)].map(([sku, quantity]) => ({ sku, quantity })) };
    });
  }

  /** The time at which the carts release their stock. A cart that reserves nothing is missing. */
  ends(ctx: RequestContext, cartIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    return this.#unitOfWork.read(ctx, (tx) => cartHoldEnds(tx, cartIds));
  }
}

function groundOf(tx: InventoryTransaction, { cartId, lines }: HoldRequest): Promise<ReservationGround> {
  return lockGround(tx, randomUUID(), [...new Set(lines.map(({ sku }) => sku))], cartId);
}

/** Locks the stock, then reads the cart's reservations: a checkout of the cart may have ended them while this transaction waited. */
async function currentReservations(tx: InventoryTransaction, request: HoldRequest) {
  await groundOf(tx, request);
  return cartReservations(tx, request.cartId);
}

function heldOf({ cartHolds, levels }: ReservationGround): Held {
  const skuOf = new Map(levels.map(({ id, sku }) => [id, sku]));
  const lines = cartHolds.map(({ stockLevelId, quantity }) => ({ sku: skuOf.get(stockLevelId) ?? '', quantity }));
  return { held: [...demandBySku(lines)].map(([sku, quantity]) => ({ sku, quantity })) };
}

async function replaceHold(
  tx: InventoryTransaction,
  { cartId, cartVersion }: HoldRequest,
  before: readonly HeldForCart[],
  { allocations, seconds }: { readonly allocations: readonly Allocation[]; readonly seconds: number },
): Promise<void> {
  const ids = [...new Set(before.map(({ reservationId }) => reservationId))];
  const [id = null] = ids;
  if (ids.length === 1 && id && isSame(before, allocations)) return renewHold(tx, id, { cartVersion, seconds });
  const { totals: freed } = await endReservations(tx, ids, 'RELEASED');
  const hold = { id: randomUUID(), orderId: null, cartId, cartVersion, expiresInSeconds: seconds, allocations };
  const held = await holdStock(tx, hold);
  if (!held)
    throw new Error(`Cart ${cartId} cannot reserve stock although the stock is locked. This is a bug in the locking`);
  tx.outbox.append(availabilityChanged(tx.tenantId, [...freed, ...held]));
}

function isSame(before: readonly HeldForCart[], after: readonly Allocation[]): boolean {
  const units = new Map(before.map(({ stockLevelId, quantity }) => [stockLevelId, quantity]));
  return units.size === after.length && after.every((each) => units.get(each.stockLevelId) === each.quantity);
}
