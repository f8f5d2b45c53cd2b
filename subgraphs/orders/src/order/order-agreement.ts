import { add, subtract, type Money } from '@souk/kit/domain';
import type { Address } from '../address/address.ts';
import { NO_REMARKS, type Remarks } from '../custom-attribute/custom-attribute.ts';
import type { CartTotals, PricedCart, PricedCartLine, VariantOption } from '../cart/cart.ts';
import type { TaxedMoney, TaxLine } from '../tax/tax.ts';

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
  /** The price of one unit as the shop entered it, with up to six decimal places. */
  readonly unitPrice: string;
  /** The amount paid for the line, after its discount, with its tax. */
  readonly total: Money;
  /** The tax that `total` contains. */
  readonly tax: Money;
  readonly taxBasisPoints: number;
  /** The tax by rate. Absent in checkouts that an earlier version began, and in imported orders. */
  readonly taxLines?: readonly TaxLine[];
}

/** A promotion that applied to an order. */
export interface AgreedDiscount {
  readonly promotionId: string;
  readonly name: string;
  readonly code: string | null;
  readonly amountMinor: number;
}

/** The taxes of an order as a whole. */
export interface AgreedTaxes {
  /** The sums of lines and shipping. */
  readonly lines: readonly TaxLine[];
  readonly shipping: TaxedMoney;
  /** The difference between the amount that the buyer paid for the goods and their prices. See `PricedCart.taxAdjustment`. */
  readonly goodsAdjustment: Money;
  /** The same difference of the shipping. */
  readonly shippingAdjustment: Money;
  /** The buyer's VAT id. Null: none was given. */
  readonly taxId: string | null;
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
  /** Absent in checkouts that an earlier version began, and in imported orders. */
  readonly taxes?: AgreedTaxes;
  /** Absent in checkouts that an earlier version began, and in imported orders. */
  readonly remarks?: Remarks;
}

/** Freezes a priced cart. Null when the cart lacks a required part. `newId` creates the id of each line. */
export function agreementOf(priced: PricedCart, newId: () => string): OrderAgreement | null {
  const { cart, totals, taxes, shippingMethod } = priced;
  const { email, shippingAddress, billingAddress, locale, currency } = cart;
  if (email === null || shippingAddress === null || shippingMethod === null) return null;
  const lines = priced.lines.map((line) => agreedLine(line, newId()));
  const shippingAdjustment = subtract(taxes.shipping.gross, totals.shipping);
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
    taxes: {
      lines: taxes.total.taxLines,
      shipping: moneyOf(taxes.shipping),
      goodsAdjustment: subtract(priced.taxAdjustment, shippingAdjustment),
      shippingAdjustment,
      taxId: cart.taxId,
    },
    remarks: remarksOf(cart),
  };
}

/**
 * The amounts as the buyer pays them, with their taxes: `goods` - discount + `shipping` is the total. They are the prices, unless prices
 * exclude the tax or the buyer accounts for it.
 */
export function paidAmounts({ totals, taxes }: Pick<OrderAgreement, 'totals' | 'taxes'>) {
  if (!taxes) return { goods: totals.subtotal, shipping: totals.shipping };
  return { goods: add(totals.subtotal, taxes.goodsAdjustment), shipping: taxes.shipping.gross };
}

/** The remarks of an agreement. None, if the agreement has none. */
export function remarksOf({ buyerNote, purchaseOrderNumber, attributes }: Remarks = NO_REMARKS): Remarks {
  return { buyerNote, purchaseOrderNumber, attributes };
}

function moneyOf({ net, tax, gross }: TaxedMoney): TaxedMoney {
  return { net, tax, gross };
}

function agreedLine(line: PricedCartLine, id: string): AgreedLine {
  const { variantId, productId, sku, options, quantity, unitPrice, tax } = line;
  const name = lineName(line.productName, line.variantName);
  const { gross: total, taxLines } = line.taxed;
  const taxBasisPoints = Math.round(taxLines.reduce((whole, { millionths }) => whole + millionths, 0) / 100);
  return { id, variantId, productId, sku, name, options, quantity, unitPrice, total, tax, taxBasisPoints, taxLines };
}

/** The name of a line, such as `Lamp, oak`. A variant name that is empty or equal to the product name is left out. */
function lineName(productName: string, variantName: string): string {
  return variantName === '' || variantName === productName ? productName : `${productName}, ${variantName}`;
}
