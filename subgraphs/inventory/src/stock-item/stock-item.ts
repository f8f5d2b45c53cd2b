/** How the stock of a SKU limits its sale. */
export const STOCK_MODES = ['NONE', 'TRACK_ONLY', 'RESERVE_ON_ORDER', 'RESERVE_ON_CART'] as const;
export type StockMode = (typeof STOCK_MODES)[number];

/** The number of sellable units of a SKU whose sale is not limited: the largest GraphQL Int. */
export const UNLIMITED = 2_147_483_647;

/** The part of a stock item that decides how its stock is reserved. */
export interface StockTerms {
  readonly mode: StockMode;
  /** How long a cart reserves its units after its last change, in seconds. */
  readonly cartHoldSeconds: number;
}

/** The terms of a SKU without a stock item. */
export const DEFAULT_TERMS: StockTerms = { mode: 'RESERVE_ON_ORDER', cartHoldSeconds: 900 };

/** How a SKU is sold. */
export interface StockItem extends StockTerms {
  readonly id: string;
  readonly sku: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** The settings of a stock item. Absent and null members keep their value. */
export type StockItemSettings = { readonly [Name in keyof StockTerms]?: StockTerms[Name] | null | undefined };
