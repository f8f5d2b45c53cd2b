import { add, subtract, type Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import { NO_REMARKS, type Remarks } from '../custom-attribute/custom-attribute.ts';
import type { CartTotals, PricedCart, PricedCartLine, VariantOption } from '../cart/cart.ts';
import type { TaxedMoney, TaxLine } from '../tax/tax.ts';

/** An order line as the buyer bought it. */
export interface AgreedLine {
  readonly id: string;
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly options: readonly VariantOption[];
  readonly quantity: number;
  /** The price of one unit with up to six decimal places. It includes or excludes the tax, as the tenant's prices do. */
  readonly unitPrice: string;
  /** The amount paid for the line, after the discount and including tax. */
  readonly total: Money;
  /** The tax that `total` contains. */
  readonly tax: Money;
  readonly taxBasisPoints: number;
  /** The tax by rate. Absent in checkouts of earlier versions, and in imported orders. */
  readonly taxLines?: readonly TaxLine[];
}

/** A promotion that reduced the price of an order. */
export interface AgreedDiscount {
  readonly promotionId: string;
  readonly name: string;
  readonly code: string | null;
  readonly amountMinor: number;
}

/** The taxes of an order. */
export interface AgreedTaxes {
  /** The tax by rate, for goods and shipping together. */
  readonly lines: readonly TaxLine[];
  readonly shipping: TaxedMoney;
  /** The amount that the buyer paid for the goods, minus their prices. See `PricedCart.taxAdjustment`. */
  readonly goodsAdjustment: Money;
  /** The amount that the buyer paid for shipping, minus its price. */
  readonly shippingAdjustment: Money;
  /** The buyer's VAT id. Null when the buyer entered none. */
  readonly taxId: string | null;
}

/** The terms of the purchase, which never change after the order is placed. */
export interface OrderAgreement {
  /** The customer who ordered. Null for guests. Absent in checkouts of earlier versions. */
  readonly customerId?: string | null;
  /** The sales channel of the cart. Null: none. Absent in checkouts of earlier versions, and in imported orders. */
  readonly channelId?: string | null;
  readonly email: string;
  readonly locale: string;
  readonly currency: string;
  readonly lines: readonly AgreedLine[];
  readonly totals: CartTotals;
  readonly shippingAddress: Address;
  /** Null when the billing address is the shipping address. */
  readonly billingAddress: Address | null;
  readonly shippingMethodName: string;
  /** The promotions that reduced the price. Absent in checkouts of earlier versions. */
  readonly discounts?: readonly AgreedDiscount[];
  /** Absent in checkouts of earlier versions, and in imported orders. */
  readonly taxes?: AgreedTaxes;
  /** Absent in checkouts of earlier versions, and in imported orders. */
  readonly remarks?: Remarks;
}

/**
 * Copies the terms from a priced cart. Null when the cart lacks the e-mail address, the shipping address or the shipping method. `newId`
 * creates the id of each line.
 */
export function agreementOf(priced: PricedCart, newId: () => string): OrderAgreement | null {
  const { cart, totals, taxes, shippingMethod } = priced;
  const { email, shippingAddress, billingAddress, locale, currency } = cart;
  if (email === null || shippingAddress === null || shippingMethod === null) return null;
  const lines = priced.lines.map((line) => agreedLine(line, newId()));
  const shippingAdjustment = subtract(taxes.shipping.gross, totals.shipping);
  return {
    customerId: cart.customerId,
    channelId: cart.channelId,
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
 * The amounts that the buyer pays for goods and shipping, with tax. Total = goods - discount + shipping. The amounts equal the prices,
 * unless prices exclude tax or the buyer pays the tax to the authority (reverse charge).
 */
export function paidAmounts({ totals, taxes }: Pick<OrderAgreement, 'totals' | 'taxes'>) {
  if (!taxes) return { goods: totals.subtotal, shipping: totals.shipping };
  return { goods: add(totals.subtotal, taxes.goodsAdjustment), shipping: taxes.shipping.gross };
}

/** The `Remarks` of an agreement. Empty when the agreement has none. */
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

/** The name of a line, such as `Lamp, oak`. A variant name that is empty or equal to the product name is omitted. */
function lineName(productName: string, variantName: string): string {
  return variantName === '' || variantName === productName ? productName : `${productName}, ${variantName}`;
}
