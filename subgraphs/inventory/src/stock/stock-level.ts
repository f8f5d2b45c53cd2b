import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The maximum number of units in a stock level. */
export const MAX_ON_HAND = 1_000_000_000;

/** The stock of a SKU in a warehouse. */
export interface StockLevel {
  readonly id: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly onHand: number;
  /** The units that are reserved for orders. They are part of `onHand`. */
  readonly reserved: number;
  readonly version: number;
  readonly updatedAt: Date;
}

/** The units that can still be reserved. */
export function availableUnits({ onHand, reserved }: Pick<StockLevel, 'onHand' | 'reserved'>): number {
  return onHand - reserved;
}

/** Returned when a change would leave fewer units than the reservations need. */
interface StockBelowReserved extends Failure<'STOCK_BELOW_RESERVED'> {
  readonly onHand: number;
  readonly reserved: number;
}
export type StockRefusal = StockBelowReserved | Failure<'INVALID_INPUT'>;

/** A change of quantity, given as a difference or as the resulting quantity. */
export interface QuantityChange {
  readonly delta?: number | null | undefined;
  readonly setOnHand?: number | null | undefined;
}

/**
 * The difference in units that an adjustment makes. The difference is 0 when the level already has the requested quantity.
 * An adjustment must set either `delta` or `setOnHand`, and `delta` must not be 0. The result must be at least the reserved units and at
 * most `MAX_ON_HAND`.
 */
export function decideAdjustment(
  level: Pick<StockLevel, 'onHand' | 'reserved'>,
  { delta, setOnHand }: QuantityChange,
): Result<number, StockRefusal> {
  const byDelta = typeof delta === 'number';
  if (byDelta === (typeof setOnHand === 'number')) {
    return err(failure('INVALID_INPUT', 'Set either delta or setOnHand, not both', ['delta']));
  }
  if (delta === 0) return err(failure('INVALID_INPUT', 'delta takes a number other than 0', ['delta']));
  const change = byDelta ? delta : (setOnHand ?? 0) - level.onHand;
  const refusal = refusalOf(level, change, byDelta ? 'delta' : 'setOnHand');
  return refusal ? err(refusal) : ok(change);
}

/** The reason why `quantity` units cannot move from one level to another. Null when the move is possible. */
export function transferRefusal(
  from: Pick<StockLevel, 'onHand' | 'reserved'>,
  to: Pick<StockLevel, 'onHand' | 'reserved'>,
  quantity: number,
): StockRefusal | null {
  return refusalOf(from, -quantity, 'quantity') ?? refusalOf(to, quantity, 'quantity');
}

function refusalOf(
  { onHand, reserved }: Pick<StockLevel, 'onHand' | 'reserved'>,
  change: number,
  field: 'delta' | 'setOnHand' | 'quantity',
): StockRefusal | null {
  if (onHand + change < reserved) {
    const message = `${reserved} of ${onHand} units are reserved: ${LOWEST[field]({ onHand, reserved })}`;
    return { code: 'STOCK_BELOW_RESERVED', message, field: [field], onHand, reserved };
  }
  if (onHand + change > MAX_ON_HAND && change > 0) {
    return failure('INVALID_INPUT', `A stock level takes at most ${MAX_ON_HAND} units and has ${onHand}`, [field]);
  }
  return null;
}

/** The end of the error message for STOCK_BELOW_RESERVED, by the refused input field. It states which value would be allowed. */
const LOWEST = {
  delta: ({ onHand, reserved }: Pick<StockLevel, 'onHand' | 'reserved'>) =>
    onHand === reserved ? 'none can be taken away' : `delta can be ${reserved - onHand} at the lowest`,
  setOnHand: ({ reserved }: Pick<StockLevel, 'reserved'>) => `setOnHand can be ${reserved} at the lowest`,
  quantity: (level: Pick<StockLevel, 'onHand' | 'reserved'>) => `${availableUnits(level)} can be moved at the most`,
};
