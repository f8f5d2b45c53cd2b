import { err, type Money, type Result } from '@souk/kit/domain';
import { RATE_OBSTACLES, steppedRate, type Parcel, type ShippingPrice, type ShippingQuote } from './shipping-rate.ts';

/** The working days from the order to the delivery. Both numbers are included. */
export interface DeliveryDays {
  readonly min: number;
  readonly max: number;
}

/** The facts of a method besides its prices, in the language of the buyer. */
interface MethodFacts {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  /** Null: not known. */
  readonly deliveryDays: DeliveryDays | null;
}

/** A shipping method with its price for one cart. The price includes the tax when the tenant's prices do. */
export interface OfferedShippingMethod extends MethodFacts, ShippingQuote {}

/** A method at the destination of a cart. */
export interface ShippingTerms extends MethodFacts {
  readonly active: boolean;
  /** Whether the method has prices for the zone of the address, or serves its country. */
  readonly isServed: boolean;
  /** Null: no price in the currency of the cart. */
  readonly price: ShippingPrice | null;
  readonly excludedProductIds: readonly string[];
  readonly excludedCategoryIds: readonly string[];
}

/** Goods in a cart that a method may exclude. */
export interface ShippedGoods {
  readonly productId: string;
  /** The product's categories with the categories above them, and its collections. */
  readonly listIds: readonly string[];
}

/** A cart as shipping methods see it. */
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
/** Why a method is not offered. */
export type ShippingObstacle = (typeof SHIPPING_OBSTACLES)[number];

/** The methods that a cart may choose, in the order of `terms`. */
export function offersFor(terms: readonly ShippingTerms[], shipment: Shipment): OfferedShippingMethod[] {
  return terms.flatMap((method) => {
    const quote = quoteOf(method, shipment);
    if (!quote.ok) return [];
    const { id, code, name, description, deliveryDays } = method;
    return [{ id, code, name, description, deliveryDays, ...quote.value }];
  });
}

/** The cost of a method for a cart, or the first reason why the method is not offered. */
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

/** The cart as shipping methods see it. @param subtotal the price of all lines before discounts */
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
