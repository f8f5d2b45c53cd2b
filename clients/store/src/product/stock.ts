import type { MessageKey } from '../i18n/en.ts';

/** Units that can be bought now. */
export interface Availability {
  readonly inStock: boolean;
  readonly quantity: number;
}

/** Up to this number of units, the store says how many are left. */
const LOW = 5;

/** The stock of a variant as a text, with its tone. */
export interface StockWord {
  readonly key: Extract<MessageKey, `stock.${string}`>;
  readonly tone: 'good' | 'warn' | 'neutral';
  readonly count: number;
}

/** Puts a stock into words. Null when the stock is unknown, because the inventory does not answer. */
export function stockWord(availability: Availability | null): StockWord | null {
  if (!availability) return null;
  const { inStock, quantity } = availability;
  if (!inStock || quantity <= 0) return { key: 'stock.out', tone: 'neutral', count: 0 };
  if (quantity <= LOW) return { key: 'stock.low', tone: 'warn', count: quantity };
  return { key: 'stock.in', tone: 'good', count: quantity };
}

/** Adds up the stock of a product's variants. Null when the stock of none is known. */
export function totalStock(variants: readonly { readonly availability: Availability | null }[]): Availability | null {
  const known = variants.flatMap(({ availability }) => availability ?? []);
  if (known.length === 0) return null;
  return {
    inStock: known.some(({ inStock }) => inStock),
    quantity: known.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
