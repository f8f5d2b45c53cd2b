import type { StockAllocation } from '@souk/inventory/contract';
import { waitingUnits, withAllocations, type LineAllocation } from '../fulfillment/warehouse-split.ts';
import { decide, entry, type Decision, type Order, type OrderedLine } from './order.ts';

/** An order whose waiting units got stock. */
export interface StockArrival extends Decision {
  /** The changed lines. */
  readonly lines: readonly OrderedLine[];
  /** Units that the order no longer needs, because they were canceled meanwhile. They return to their warehouses. */
  readonly surplus: readonly StockAllocation[];
}

/** Allocates arrived stock to the lines that wait for it, in the order of the lines. */
export function allocateArrived(order: Order, arrived: readonly StockAllocation[], now: Date): StockArrival {
  const left = arrived.map((units) => ({ ...units }));
  const lines = order.canceledAt ? order.lines : order.lines.map((line) => served(line, left));
  const changed = lines.filter((line, index) => line !== order.lines[index]);
  const surplus = left.filter(({ quantity }) => quantity > 0);
  if (changed.length === 0) return { order, history: [], lines: [], surplus };
  const decided = decide(order, { ...order, lines }, [entry('STOCK_ALLOCATED', now)], now);
  return { ...decided, lines: changed, surplus };
}

/** Allocates the line's waiting units from `left`, and subtracts the allocated units from `left`. */
function served(line: OrderedLine, left: { sku: string; warehouseId: string; quantity: number }[]): OrderedLine {
  let missing = waitingUnits(line);
  const taken: LineAllocation[] = [];
  for (const units of left) {
    const quantity = units.sku === line.sku ? Math.min(missing, units.quantity) : 0;
    if (quantity === 0) continue;
    missing -= quantity;
    units.quantity -= quantity;
    taken.push({ warehouseId: units.warehouseId, quantity });
  }
  return taken.length === 0 ? line : { ...line, allocations: withAllocations(line.allocations, taken) };
}
