export const STOCK_MOVEMENT_KINDS = [
  'RECEIVED',
  'ADJUSTED',
  'TRANSFERRED',
  'RESERVED',
  'RELEASED',
  'EXPIRED',
  'COMMITTED',
  'RESTOCKED',
] as const;
/** The cause of a stock movement, such as an adjustment, a transfer or a reservation. */
export type StockMovementKind = (typeof STOCK_MOVEMENT_KINDS)[number];

/** An entry of the stock ledger. */
export interface StockMovement {
  readonly id: string;
  readonly kind: StockMovementKind;
  readonly warehouseId: string;
  readonly sku: string;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly reservationId: string | null;
  readonly orderId: string | null;
  /** The user who caused the movement. Null when the platform or a shopper caused it. */
  readonly actorId: string | null;
  readonly reason: string | null;
  readonly occurredAt: Date;
}
