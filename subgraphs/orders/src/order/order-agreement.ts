import { subtract, type Money } from '@souk/kit/domain';
import type { Address } from '../address/address.ts';
import type { CartTotals, PricedCart, PricedCartLine, VariantOption } from '../cart/cart.ts';

/** A line with the terms of the purchase. */
export interface AgreedLine {
  /** The id of the order line. */
  readonly id: string;
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly options: readonly VariantOption[];
  readonly quantity: number;
  /** The price of one unit including tax, with up to six decimal places. */
  readonly unitPrice: string;
  /** The amount paid for the line, after its discount. */
  readonly total: Money;
  /** The tax that `total` contains. */
  readonly tax: Money;
  readonly taxBasisPoints: number;
}

/** A promotion that applied to an order. */
export interface AgreedDiscount {
  readonly promotionId: string;
  readonly name: string;
  readonly code: string | null;
  readonly amountMinor: number;
}

/** The part of an order that never changes: the agreement between buyer and shop. */
export interface OrderAgreement {
  readonly email: string;
  readonly locale: string;
  readonly currency: string;
  readonly lines: readonly AgreedLine[];
  readonly totals: CartTotals;
  readonly shippingAddress: Address;
  /** Null when the billing address is the shipping address. */
  readonly billingAddress: Address | null;
  readonly shippingMethodName: string;
  /** The promotions that applied. Absent in checkouts that an earlier version began. */
  readonly discounts?: readonly AgreedDiscount[];
}

/** Freezes a priced cart. Null when the cart lacks a required part. `newId` creates the id of each line. */
export function agreementOf(priced: PricedCart, newId: () => string): OrderAgreement | null {
  const { cart, totals, taxBasisPoints, shippingMethod } = priced;
  const { email, shippingAddress, billingAddress, locale, currency } = cart;
  if (email === null || shippingAddress === null || shippingMethod === null) return null;
  const lines = priced.lines.map((line) => agreedLine(line, newId(), taxBasisPoints));
  return {
    email,
    locale,
    currency,
    lines,
    totals,
    shippingAddress,
    billingAddress,
    shippingMethodName: shippingMethod.name,
    discounts: priced.promotions.applied.map(({ promotionId, name, code, amount }) => ({
      promotionId,
      name,
      code,
      amountMinor: amount.amountMinor,
    })),
  };
}

function agreedLine(line: PricedCartLine, id: string, taxBasisPoints: number): AgreedLine {
  const { variantId, productId, sku, options, quantity, unitPrice, tax } = line;
  const name = lineName(line.productName, line.variantName);
  const total = subtract(line.total, line.discount);
  return { id, variantId, productId, sku, name, options, quantity, unitPrice, total, tax, taxBasisPoints };
}

/** The name of a line, such as `Lamp, oak`. A variant name that is empty or equal to the product name is left out. */
function lineName(productName: string, variantName: string): string {
  return variantName === '' || variantName === productName ? productName : `${productName}, ${variantName}`;
}
