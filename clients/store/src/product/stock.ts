import type { MessageKey } from '../i18n/en.ts';

/** The stock that can be bought now. */
export interface Availability {
  readonly inStock: boolean;
  readonly quantity: number;
}

/** The maximum number of units for which the store shows how many are left. */
const LOW = 5;

/** The display of a stock level: the key of its text, its color, and the number of units. */
export interface StockWord {
  readonly key: Extract<MessageKey, `stock.${string}`>;
  readonly tone: 'good' | 'warn' | 'neutral';
  readonly count: number;
}

/** Describes a stock. Null when the stock is unknown, because the inventory subgraph is unavailable. */
export function stockWord(availability: Availability | null): StockWord | null {
  if (!availability) return null;
  const { inStock, quantity } = availability;
  if (!inStock || quantity <= 0) return { key: 'stock.out', tone: 'neutral', count: 0 };
  if (quantity <= LOW) return { key: 'stock.low', tone: 'warn', count: quantity };
  return { key: 'stock.in', tone: 'good', count: quantity };
}

/** Sums the stock of a product's variants. Null when the stock of every variant is unknown. */
export function totalStock(variants: readonly { readonly availability: Availability | null }[]): Availability | null {
  const known = variants.flatMap(({ availability }) => availability ?? []);
  if (known.length === 0) return null;
  return {
    inStock: known.some(({ inStock }) => inStock),
    quantity: known.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
