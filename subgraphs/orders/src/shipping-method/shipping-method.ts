import { err, type Money, type Result } from '@souk/kit/domain';
import { RATE_OBSTACLES, steppedRate, type Parcel, type ShippingPrice, type ShippingQuote } from './shipping-rate.ts';

/** The number of working days from the order to the delivery. Both bounds are inclusive. */
export interface DeliveryDays {
  readonly min: number;
  readonly max: number;
}

/** The fields of a method that do not depend on the cart. The texts are in the buyer's language. */
interface MethodFacts {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  /** Null when the delivery time is unknown. */
  readonly deliveryDays: DeliveryDays | null;
}

/** A shipping method with its price for one cart. The price includes the tax when the tenant's prices do. */
export interface OfferedShippingMethod extends MethodFacts, ShippingQuote {}

/** A shipping method with its price at the destination of a cart. */
export interface ShippingTerms extends MethodFacts {
  readonly active: boolean;
  /** Whether the method ships to the address, by the zone of the address or by its country. */
  readonly isServed: boolean;
  /** Null when the method has no price in the currency of the cart. */
  readonly price: ShippingPrice | null;
  readonly excludedProductIds: readonly string[];
  readonly excludedCategoryIds: readonly string[];
}

/** A line of the cart, with the ids of its product, categories and collections. A method may exclude the line by these ids. */
export interface ShippedGoods {
  readonly productId: string;
  /** The ids of the product's categories, of their parent categories, and of its collections. */
  readonly listIds: readonly string[];
}

/** The fields of a cart on which the choice and the price of shipping methods depend. */
export interface Shipment extends Parcel {
  readonly goods: readonly ShippedGoods[];
}

export const SHIPPING_OBSTACLES = [
  'INACTIVE',
  'ADDRESS_NOT_SERVED',
  'PRICE_MISSING',
  'PRODUCT_EXCLUDED',
  ...RATE_OBSTACLES,
] as const;
/** Why a method is not offered for a cart. */
export type ShippingObstacle = (typeof SHIPPING_OBSTACLES)[number];

/** The methods that the buyer of a cart may choose, in the order of `terms`. */
export function offersFor(terms: readonly ShippingTerms[], shipment: Shipment): OfferedShippingMethod[] {
  return terms.flatMap((method) => {
    const quote = quoteOf(method, shipment);
    if (!quote.ok) return [];
    const { id, code, name, description, deliveryDays } = method;
    return [{ id, code, name, description, deliveryDays, ...quote.value }];
  });
}

/** The price of a method for a cart, or the first reason why the method is not offered. */
export function quoteOf(method: ShippingTerms, shipment: Shipment): Result<ShippingQuote, ShippingObstacle> {
  const { active, isServed, price } = method;
  if (!active) return err('INACTIVE');
  if (!isServed) return err('ADDRESS_NOT_SERVED');
  if (price?.currency !== shipment.subtotal.currency) return err('PRICE_MISSING');
  if (isExcluded(method, shipment)) return err('PRODUCT_EXCLUDED');
  return steppedRate(price, shipment);
}

function isExcluded({ excludedProductIds, excludedCategoryIds }: ShippingTerms, { goods }: Shipment): boolean {
  if (excludedProductIds.length + excludedCategoryIds.length === 0) return false;
  const excluded = new Set([...excludedProductIds, ...excludedCategoryIds]);
  return goods.some(({ productId, listIds }) => excluded.has(productId) || listIds.some((id) => excluded.has(id)));
}

/** Extracts from a cart what shipping prices depend on. @param subtotal the price of all lines before discounts */
export function shipmentOf(
  lines: readonly (ShippedGoods & { readonly weightGrams: number | null; readonly quantity: number })[],
  subtotal: Money,
): Shipment {
  return {
    subtotal,
    weightGrams: lines.reduce((weight, { weightGrams, quantity }) => weight + (weightGrams ?? 0) * quantity, 0),
    quantity: lines.reduce((units, { quantity }) => units + quantity, 0),
    goods: lines,
  };
}
