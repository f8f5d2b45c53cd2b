/** How the stock of a SKU limits its sale. */
export const STOCK_MODES = ['NONE', 'TRACK_ONLY', 'RESERVE_ON_ORDER', 'RESERVE_ON_CART'] as const;
export type StockMode = (typeof STOCK_MODES)[number];

/** The settings of a stock item. */
export interface StockTerms {
  readonly mode: StockMode;
  /** How long a cart reserves its units after its last change, in seconds. */
  readonly cartHoldSeconds: number;
  /** Units that are kept back from sale. */
  readonly safetyStock: number;
  /** The number of sellable units at or below which `StockLow` is published. When null, the event is not published. */
  readonly lowStockThreshold: number | null;
  /** The maximum number of units that may wait for stock. With 0 the SKU cannot be back-ordered. */
  readonly backorderLimit: number;
  /** Units that are on their way to the shop. */
  readonly incomingQuantity: number;
  /** The time at which stock is expected. */
  readonly expectedAt: Date | null;
}

/** The part of a stock item that decides how its stock is reserved. */
export interface ReservationTerms extends Pick<
  StockTerms,
  'mode' | 'cartHoldSeconds' | 'safetyStock' | 'backorderLimit'
> {
  /** Units that wait for stock. */
  readonly backordered: number;
}

/** The terms of a SKU without a stock item. */
export const DEFAULT_TERMS: StockTerms = {
  mode: 'RESERVE_ON_ORDER',
  cartHoldSeconds: 900,
  safetyStock: 0,
  lowStockThreshold: null,
  backorderLimit: 0,
  incomingQuantity: 0,
  expectedAt: null,
};

/** How a SKU is sold. */
export interface StockItem extends StockTerms {
  readonly id: string;
  readonly sku: string;
  /** Units that wait for stock. */
  readonly backordered: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/**
 * New settings of a stock item. An absent setting keeps its value. Null removes a threshold or a time. For any other
 * setting, null means the same as absent.
 */
export type StockItemSettings = { readonly [Name in keyof StockTerms]?: StockTerms[Name] | null | undefined };

/** The settings that change a stock item, without settings that keep their value. */
export function givenTerms(settings: StockItemSettings): Partial<StockTerms> {
  const names = Object.keys(DEFAULT_TERMS) as (keyof StockTerms)[];
  const given = names.filter((name) => {
    const value = settings[name];
    return value !== undefined && (value !== null || DEFAULT_TERMS[name] === null);
  });
  return Object.fromEntries(given.map((name) => [name, settings[name]]));
}
