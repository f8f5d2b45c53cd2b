import type { DemoProduct, DemoStockItem, DemoStockLevel, DemoWarehouse } from './demo.types.ts';
import { seededRandom } from './seeded-random.ts';

export const demoWarehouses: readonly DemoWarehouse[] = [
  { code: 'HAM', name: 'Hamburg', countryCode: 'DE', city: 'Hamburg', priority: 1 },
  { code: 'RTM', name: 'Rotterdam', countryCode: 'NL', city: 'Rotterdam', priority: 2 },
  { code: 'VLC', name: 'Valencia', countryCode: 'ES', city: 'Valencia', priority: 3 },
];

export const acmeWarehouses: readonly DemoWarehouse[] = [
  { code: 'DUI', name: 'Duisburg', countryCode: 'DE', city: 'Duisburg', priority: 1 },
  { code: 'KTW', name: 'Katowice', countryCode: 'PL', city: 'Katowice', priority: 2 },
];

/**
 * The SKUs of the tenant demo that have their own stock settings: a pendant that can be back-ordered, a lamp with low
 * stock, a rug that carts reserve, and a card without stock control.
 */
export const demoStockItems: readonly DemoStockItem[] = [
  { sku: 'PEND-HARV-L', backorderLimit: 20, incomingQuantity: 12, expectedInDays: 18 },
  { sku: 'LAMP-ARC-BRS-L', safetyStock: 1, lowStockThreshold: 500 },
  { sku: 'RUGS-ATLA-80X150CM', mode: 'RESERVE_ON_CART' },
  { sku: 'CARD-THAN-SAG', mode: 'NONE' },
];

/** Empties the stock level of a SKU that can be back-ordered, so a demo order of this SKU waits for stock. */
export function soldOutIfBackordered(level: DemoStockLevel): DemoStockLevel {
  const waits = demoStockItems.some(({ sku, backorderLimit = 0 }) => sku === level.sku && backorderLimit > 0);
  return waits ? { ...level, onHand: 0 } : level;
}

/** The number of newest products that are always in stock. Otherwise the first page could show sold-out products. */
const ALWAYS_IN_STOCK = 40;
const SOLD_OUT_PRODUCTS = 0.04;

/** Cumulative probabilities: 12 % of the stock levels are missing, the next 8 % are empty, the next 10 % are low. */
const SHARES = { absent: 0.12, empty: 0.2, low: 0.3 };

/** Returns the stock of each SKU in each warehouse. @param products the products, newest first */
export function stockOf(products: readonly DemoProduct[], warehouses: readonly DemoWarehouse[]): DemoStockLevel[] {
  return products.flatMap((product, index) => {
    const mustSell = index < ALWAYS_IN_STOCK;
    const soldOut = !mustSell && seededRandom(`sold out ${product.baseSku}`)() < SOLD_OUT_PRODUCTS;
    return product.variants.flatMap(({ sku }) =>
      warehouses.flatMap((warehouse) => level(sku, warehouse, { mustSell, soldOut })),
    );
  });
}

interface Situation {
  readonly mustSell: boolean;
  readonly soldOut: boolean;
}

function level(sku: string, { code, priority }: DemoWarehouse, { mustSell, soldOut }: Situation): DemoStockLevel[] {
  const random = seededRandom(`stock of ${sku} in ${code}`);
  const share = random();
  const plenty = 5 + Math.floor(random() * 116);
  const found = (onHand: number): DemoStockLevel[] => [{ sku, warehouseCode: code, onHand }];
  if (soldOut) return share < SHARES.low ? [] : found(0);
  if (mustSell && priority === 1) return found(plenty);
  if (share < SHARES.absent) return [];
  if (share < SHARES.empty) return found(0);
  return found(share < SHARES.low ? 1 + (plenty % 4) : plenty);
}
