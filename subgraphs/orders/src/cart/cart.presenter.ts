import { presentMoney, type MoneyType } from '@souk/kit/graphql';
import { presentShippingMethod } from '../shipping-method/shipping-method.presenter.ts';
import { presentDiscount, presentDiscountCode } from '../promotion/promotion.presenter.ts';
import { presentTaxedMoney, presentTaxLine } from '../tax/tax.presenter.ts';
import type { CartLineType, CartTotalsType, CartType, StaffPriceType } from './cart.types.ts';
import type { StaffPrice } from './staff-price.ts';
import { unitPriceOf } from './unit-price.ts';
import type { CartWarning, PricedCart, PricedCartLine } from './cart.ts';
import type { StockDemand } from './stock-warnings.service.ts';

/** @param knownWarnings the stock warnings, when they are already loaded */
export function presentCart(priced: PricedCart, knownWarnings?: readonly CartWarning[]): CartType {
  const { cart } = priced;
  return {
    id: cart.id,
    version: cart.version,
    status: cart.status,
    currencyCode: cart.currency,
    channel: cart.channelId === null ? null : { id: cart.channelId },
    email: cart.email,
    shippingAddress: cart.shippingAddress,
    billingAddress: cart.billingAddress,
    lines: priced.lines.map((line) => presentLine(line, cart.currency)),
    shippingMethod: priced.shippingMethod && presentShippingMethod(priced.shippingMethod),
    shippingMethods: priced.offeredShippingMethods.map(presentShippingMethod),
    discountCodes: priced.promotions.codes.map(presentDiscountCode),
    discounts: priced.promotions.applied.map(presentDiscount),
    taxId: cart.taxId,
    buyerNote: cart.buyerNote,
    purchaseOrderNumber: cart.purchaseOrderNumber,
    attributes: cart.attributes,
    isDraft: cart.draftOrderId !== null,
    taxLines: priced.taxes.total.taxLines.map(presentTaxLine),
    totals: presentTotals(priced),
    ...(knownWarnings && { knownWarnings }),
  };
}

/** The lines to check for stock. Gifts are left out, because a gift that is sold out disappears without a warning. */
export function linesOf({ lines }: CartType): StockDemand[] {
  return lines
    .filter(({ isGift }) => !isGift)
    .map(({ id, variantId, sku, quantity }) => ({ id, variantId, sku, quantity }));
}

/** A unit price as Money. `unitPriceOf` has already padded the decimal places of the currency. */
export function presentUnitPrice(unitPrice: string, currency: string): MoneyType {
  return { amount: unitPrice, currencyCode: currency };
}

function presentTotals({ totals, taxes, taxAdjustment }: PricedCart): CartTotalsType {
  return {
    subtotal: presentMoney(totals.subtotal),
    discount: presentMoney(totals.discount),
    shipping: presentMoney(totals.shipping),
    tax: presentMoney(totals.tax),
    taxAdjustment: presentMoney(taxAdjustment),
    total: presentMoney(totals.total),
    taxedShipping: presentTaxedMoney(taxes.shipping),
    taxedTotal: presentTaxedMoney(taxes.total),
  };
}

function presentStaffPrice(price: StaffPrice, currency: string): StaffPriceType {
  const isFixed = price.kind === 'FIXED';
  return {
    unitPrice: isFixed ? presentUnitPrice(unitPriceOf(price.unitPrice, currency), currency) : null,
    discountPercent: isFixed ? null : (price.basisPoints / 100).toFixed(2),
    reason: price.reason,
  };
}

function presentLine(line: PricedCartLine, currency: string): CartLineType {
  return {
    id: line.lineId,
    quantity: line.quantity,
    variantId: line.variantId,
    sku: line.sku,
    name: line.productName,
    variantName: line.variantName,
    options: line.options,
    unitPrice: presentUnitPrice(line.unitPrice, currency),
    priceIncludesTax: line.includesTax ?? null,
    total: presentMoney(line.total),
    taxedTotal: presentTaxedMoney(line.taxed),
    taxLines: line.taxed.taxLines.map(presentTaxLine),
    discounts: line.discounts.map(presentDiscount),
    isGift: line.isGift,
    staffPrice: line.staffPrice && presentStaffPrice(line.staffPrice, currency),
  };
}
