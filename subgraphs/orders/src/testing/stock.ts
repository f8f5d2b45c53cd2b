import { randomUUID } from 'node:crypto';
import {
  CheckStock,
  CommitStock,
  NameWarehouses,
  ReleaseStock,
  ReserveStock,
  RestockSold,
  type StockAllocation,
} from '@souk/inventory/contract';
import { handleCommand } from '@souk/kit/contracts';
import { err, ok } from '@souk/kit/domain';
import { Interference } from './interference.ts';

/** The time at which the double expects stock. */
export const EXPECTED_AT = '2026-03-01T00:00:00.000Z';

interface Reservation {
  state: 'HELD' | 'COMMITTED' | 'CLOSED';
  readonly allocations: readonly StockAllocation[];
  readonly backordered: readonly { readonly sku: string; readonly quantity: number }[];
}

/** A test double of the inventory subgraph, with stock in memory. */
export class TestStock {
  readonly #levels: { readonly sku: string; readonly warehouseId: string; units: number }[] = [];
  readonly #reservations = new Map<string, Reservation>();
  readonly #restocked = new Set<string>();
  readonly #backorderLimits = new Map<string, number>();
  /** Makes commands to this test double fail. */
  readonly interference = new Interference();

  /** Adds units of a SKU to a warehouse. Returns the warehouse's id. @param warehouseId @default a new warehouse */
  put(sku: string, units: number, warehouseId: string = randomUUID()): string {
    this.#levels.push({ sku, warehouseId, units });
    return warehouseId;
  }

  /** The number of units that are in stock and not reserved. */
  available(sku: string): number {
    return this.#levels.filter((level) => level.sku === sku).reduce((sum, { units }) => sum + units, 0);
  }

  /** Allows orders of more units than are in stock, whose missing units then wait for stock. */
  allowBackorders(sku: string, limit: number): void {
    this.#backorderLimits.set(sku, limit);
  }

  /** The number of units that may still wait for stock. */
  backorderable(sku: string): number {
    return this.#backorderLimits.get(sku) ?? 0;
  }

  /** The number of units that reservations hold. */
  get held(): number {
    const open = [...this.#reservations.values()].filter(({ state }) => state === 'HELD');
    return open.flatMap(({ allocations }) => allocations).reduce((sum, { quantity }) => sum + quantity, 0);
  }

  expireAll(): void {
    for (const id of this.#reservations.keys()) this.#release(id);
  }

  readonly handlers = [
    handleCommand(CheckStock, (_ctx, { skus }) =>
      this.interference.around(CheckStock.name, () => ({
        available: skus.map((sku) => ({
          sku,
          available: this.available(sku),
          backorderable: this.backorderable(sku),
          ...(this.backorderable(sku) > 0 && { expectedAt: EXPECTED_AT }),
        })),
      })),
    ),
    handleCommand(ReserveStock, (_ctx, { reservationId, lines }) =>
      this.interference.around(ReserveStock.name, () => this.#reserve(reservationId, lines)),
    ),
    handleCommand(ReleaseStock, (_ctx, { reservationId }) =>
      this.interference.around(ReleaseStock.name, () => ({ released: this.#release(reservationId) })),
    ),
    handleCommand(CommitStock, (_ctx, { reservationId }) =>
      this.interference.around(CommitStock.name, () => this.#commit(reservationId)),
    ),
    handleCommand(NameWarehouses, (_ctx, { ids }) =>
      this.interference.around(NameWarehouses.name, () => ({
        warehouses: ids.map((id) => ({ id, code: codeOf(id), name: `Warehouse ${codeOf(id)}` })),
      })),
    ),
    handleCommand(RestockSold, (_ctx, { restockId, lines, backordered }) =>
      this.interference.around(RestockSold.name, () => this.#restock(restockId, lines, backordered)),
    ),
  ];

  #reserve(id: string, lines: readonly { readonly sku: string; readonly quantity: number }[]) {
    const known = this.#reservations.get(id);
    if (known)
      return known.state === 'HELD'
        ? ok({ allocations: [...known.allocations], backordered: [...known.backordered] })
        : err({ code: 'RESERVATION_CLOSED' as const });
    const wanted = Map.groupBy(lines, ({ sku }) => sku);
    const merged = [...wanted].map(([sku, own]) => ({
      sku,
      quantity: own.reduce((units, { quantity }) => units + quantity, 0),
    }));
    const shortages = merged
      .map(({ sku, quantity }) => ({
        sku,
        requested: quantity,
        available: this.available(sku) + this.backorderable(sku),
      }))
      .filter(({ requested, available }) => requested > available);
    if (shortages.length > 0) return err({ code: 'INSUFFICIENT_STOCK' as const, shortages });
    const backordered = merged
      .map(({ sku, quantity }) => ({ sku, quantity: quantity - this.available(sku) }))
      .filter(({ quantity }) => quantity > 0);
    for (const { sku, quantity } of backordered) this.#wait(sku, quantity);
    const allocations = merged.flatMap(({ sku, quantity }) => this.#take(sku, quantity));
    this.#reservations.set(id, { state: 'HELD', allocations, backordered });
    return ok({ allocations, backordered });
  }

  #wait(sku: string, quantity: number): void {
    this.#backorderLimits.set(sku, this.backorderable(sku) - quantity);
  }

  #take(sku: string, quantity: number): StockAllocation[] {
    let missing = quantity;
    return this.#levels.flatMap((level) => {
      const part = level.sku === sku ? Math.min(missing, level.units) : 0;
      missing -= part;
      level.units -= part;
      return part > 0 ? [{ sku, warehouseId: level.warehouseId, quantity: part }] : [];
    });
  }

  #release(id: string): boolean {
    const reservation = this.#reservations.get(id) ?? { state: 'CLOSED', allocations: [], backordered: [] };
    this.#reservations.set(id, reservation);
    if (reservation.state !== 'HELD') return false;
    reservation.state = 'CLOSED';
    this.#putBack(reservation.allocations);
    for (const { sku, quantity } of reservation.backordered) this.#wait(sku, -quantity);
    return true;
  }

  #commit(id: string) {
    const reservation = this.#reservations.get(id);
    if (!reservation || reservation.state === 'CLOSED') return err({ code: 'RESERVATION_CLOSED' as const });
    reservation.state = 'COMMITTED';
    return ok({});
  }

  #restock(id: string, lines: readonly StockAllocation[], backordered: Reservation['backordered'] = []) {
    const restocked = !this.#restocked.has(id);
    this.#restocked.add(id);
    if (restocked) this.#putBack(lines);
    if (restocked) for (const { sku, quantity } of backordered) this.#wait(sku, -quantity);
    return { restocked };
  }

  #putBack(allocations: readonly StockAllocation[]): void {
    for (const { sku, warehouseId, quantity } of allocations) this.put(sku, quantity, warehouseId);
  }
}

/** The code of a warehouse in this test double. */
export const codeOf = (warehouseId: string) => warehouseId.slice(0, 8).toUpperCase();
