import type { Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import type { Remarks } from '../custom-attribute/custom-attribute.ts';
import type { CartPromotions, LineDiscount } from '../promotion/promotion-rules.ts';
import type { OfferedShippingMethod } from '../shipping-method/shipping-method.ts';
import type { StaffPrice } from './staff-price.ts';
import type { TaxedSale } from '../tax/tax-calculation.ts';
import type { TaxedAmount } from '../tax/tax.ts';

export const CART_STATUSES = ['ACTIVE', 'COMPLETED', 'ABANDONED', 'MERGED'] as const;
/**
 * The status of a cart. COMPLETED: the cart became an order. ABANDONED: the cart had not changed for 30 days. MERGED: all
 * lines were moved to the cart of a customer. A cart with one of these three statuses never changes again.
 */
export type CartStatus = (typeof CART_STATUSES)[number];

/** A choice that distinguishes a variant: `{ name: 'Size', value: 'M' }`. */
export interface VariantOption {
  readonly name: string;
  readonly value: string;
}

/** The copy of a variant's data in a cart, from the last reply of the catalog. */
export interface VariantSnapshot {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly productName: string;
  readonly variantName: string;
  readonly options: readonly VariantOption[];
  /** The ids of the product's categories, of the categories above them, and of its collections. */
  readonly listIds: readonly string[];
  /**
   * Price of one unit in the cart's currency for the quantity of the line, with up to six decimal places and without trailing zeros. It
   * includes the tax, unless the tenant's prices exclude it. See `unitPriceOf`.
   */
  readonly unitPrice: string;
  /** The code of the product's tax category. Null: standard. */
  readonly taxCategory: string | null;
  /** The weight of one unit. Null: not known. */
  readonly weightGrams: number | null;
}

/** The price of one unit for lines of `fromQuantity` units or more, up to the next tier. */
export interface PriceTier {
  readonly fromQuantity: number;
  readonly unitPrice: string;
}

/** A variant as the catalog sells it to the buyer. */
export interface SoldVariant extends VariantSnapshot {
  /** The prices for lines of more than one unit, smallest quantity first. @default none */
  readonly tiers?: readonly PriceTier[];
}

/** One variant in a cart. A variant has at most one line. */
export interface CartLine extends VariantSnapshot {
  readonly id: string;
  readonly quantity: number;
  /** The price of a line of a draft order. Null: the line has the price of the catalog. */
  readonly staffPrice: StaffPrice | null;
}

/** A variant that a promotion adds to the cart for free, while the cart meets its conditions and units are in stock. */
export interface CartGift extends VariantSnapshot {
  /** The id of the line that shows the gift. */
  readonly id: string;
  readonly promotionId: string;
  /** The units that could be sold at the last change of the cart. */
  readonly available: number;
}

/**
 * The lines that a buyer is about to order. `id` is a random UUID and the guest's only secret, because every caller that knows the id may
 * read and change the cart. The id therefore never appears in a log line, an event or another buyer's response.
 */
export interface Cart extends Remarks {
  readonly id: string;
  readonly status: CartStatus;
  /** The customer whose cart this is. Null: the cart belongs to no account. */
  readonly customerId: string | null;
  /** The currency (ISO 4217) of every price in the cart. It is chosen when the cart is opened. */
  readonly currency: string;
  /** The language of the names in the lines (BCP 47). */
  readonly locale: string;
  readonly email: string | null;
  readonly shippingAddress: Address | null;
  /** Null when the billing address is the shipping address. */
  readonly billingAddress: Address | null;
  readonly shippingMethodId: string | null;
  /** Canonical codes that the buyer entered, in that order. */
  readonly discountCodes: readonly string[];
  /** The savings by promotions at the last change, shipping included, in minor units. A checkout that saves less is refused. */
  readonly savingsMinor: number;
  /** The buyer's VAT id with its prefix. Null: the buyer is a consumer. */
  readonly taxId: string | null;
  /** `PricedCart.taxAdjustment` at the last change, in minor units. A checkout with a higher one is refused. */
  readonly taxAdjustmentMinor: number;
  /** In the order in which they were added. */
  readonly lines: readonly CartLine[];
  /** The gifts of the promotions that may apply, whether or not they apply now. */
  readonly gifts: readonly CartGift[];
  /** The draft order that staff made on the cart. Null: the cart of a buyer. */
  readonly draftOrderId: string | null;
  readonly version: number;
}

/** A line with its amounts, all in the cart's currency. */
export interface PricedCartLine extends VariantSnapshot {
  readonly lineId: string;
  readonly quantity: number;
  /** The unit price times the quantity. The product is rounded half up, once. */
  readonly total: Money;
  /** The line's part of the cart's discount. */
  readonly discount: Money;
  /** The part of each promotion in `discount`. */
  readonly discounts: readonly LineDiscount[];
  /** Whether a promotion added the line. The discount of such a line is its total. */
  readonly isGift: boolean;
  /** Null: the line has the price of the catalog. */
  readonly staffPrice: StaffPrice | null;
  readonly tax: Money;
  /** `total - discount` with its tax. */
  readonly taxed: TaxedAmount;
}

/**
 * The sums of a cart. `subtotal`, `discount` and `shipping` are prices, which include the tax when the tenant's prices do. `total` is the
 * amount to pay: `subtotal - discount + shipping`, plus `PricedCart.taxAdjustment`.
 */
export interface CartTotals {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly total: Money;
}

export const CART_WARNING_CODES = ['INSUFFICIENT_STOCK', 'BACKORDERED'] as const;

/** A line with more units than can be sold now. The checkout refuses the line, or makes the missing units wait for stock. */
export interface CartWarning {
  readonly code: (typeof CART_WARNING_CODES)[number];
  /** The problem and the remedy, for people. */
  readonly message: string;
  readonly lineId: string;
  readonly variantId: string;
  readonly sku: string;
  /** The number of units in the line. */
  readonly requested: number;
  /** The number of units that can be sold now. */
  readonly available: number;
  /** The time at which stock is expected. Null when it is unknown. */
  readonly expectedAt: Date | null;
}

/** A cart after a change of its lines, with warnings. */
export interface ChangedCart extends PricedCart {
  readonly warnings: readonly CartWarning[];
}

/** A cart with all amounts. */
export interface PricedCart {
  readonly cart: Cart;
  readonly lines: readonly PricedCartLine[];
  readonly totals: CartTotals;
  readonly taxes: TaxedSale;
  /**
   * The difference between the amount to pay and the prices. It is the tax when prices exclude the tax, minus the contained tax when the
   * buyer accounts for it, otherwise 0.
   */
  readonly taxAdjustment: Money;
  /** The methods that the buyer can choose. Empty when the cart has no address. */
  readonly offeredShippingMethods: readonly OfferedShippingMethod[];
  readonly promotions: CartPromotions;
  /** The discount, and the price of the shipping when a promotion makes the shipping free. */
  readonly savings: Money;
  /** The chosen method, if it is still offered. */
  readonly shippingMethod: OfferedShippingMethod | null;
}
