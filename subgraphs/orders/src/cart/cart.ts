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
 * The status of a cart. COMPLETED: the cart became an order. ABANDONED: the cart had not changed for 30 days. MERGED: all lines were moved
 * to the cart of a customer. A cart that is not ACTIVE never changes again.
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
   * Price of one unit in the cart's currency for the quantity of the line, with up to six decimal places and without trailing zeros. See
   * `unitPriceOf`.
   */
  readonly unitPrice: string;
  /** Whether `unitPrice` includes the tax. When null or absent, the tenant's setting applies. */
  readonly includesTax?: boolean | null;
  /** The code of the product's tax category. Null for the standard category. */
  readonly taxCategory: string | null;
  /** The weight of one unit. Null when the weight is unknown. */
  readonly weightGrams: number | null;
}

/** The price of one unit for lines of `fromQuantity` units or more, up to the next tier. */
export interface PriceTier {
  readonly fromQuantity: number;
  readonly unitPrice: string;
  /** @default null */
  readonly includesTax?: boolean | null;
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
  /** The price that staff set in a draft order. Null when the catalog's price applies. */
  readonly staffPrice: StaffPrice | null;
}

/** A variant that a promotion adds to the cart for free, while the cart meets the promotion's conditions and units are in stock. */
export interface CartGift extends VariantSnapshot {
  /** The id of the cart line that shows the gift. */
  readonly id: string;
  readonly promotionId: string;
  /** The number of units that could be sold at the last change of the cart. */
  readonly available: number;
}

/**
 * The lines that a buyer is about to order. `id` is a random UUID and the guest's only secret. Every caller that knows the id may read and
 * change the cart, so the id never appears in a log line, an event or another buyer's response.
 */
export interface Cart extends Remarks {
  readonly id: string;
  readonly status: CartStatus;
  /** The customer who owns the cart. Null when the cart does not belong to an account. */
  readonly customerId: string | null;
  /** The sales channel in which the cart was made. It decides prices and promotions, and never changes. Null: none. */
  readonly channelId: string | null;
  /** The currency (ISO 4217) of every price in the cart. It is chosen when the cart is opened. */
  readonly currency: string;
  /** The language of the names in the lines (BCP 47). */
  readonly locale: string;
  readonly email: string | null;
  readonly shippingAddress: Address | null;
  /** Null when the billing address is the shipping address. */
  readonly billingAddress: Address | null;
  readonly shippingMethodId: string | null;
  /** The discount codes in canonical form, in the order in which the buyer entered them. */
  readonly discountCodes: readonly string[];
  /**
   * The savings by promotions at the last change, including shipping, in minor units. The checkout fails when the savings have become
   * lower.
   */
  readonly savingsMinor: number;
  /** The buyer's VAT id with its country prefix. Null for a consumer. */
  readonly taxId: string | null;
  /** `PricedCart.taxAdjustment` at the last change, in minor units. The checkout fails when the adjustment has become higher. */
  readonly taxAdjustmentMinor: number;
  /** The lines, in the order in which they were added. */
  readonly lines: readonly CartLine[];
  /** The gifts of promotions whose conditions the cart may meet, now or after a change. */
  readonly gifts: readonly CartGift[];
  /** The draft order that staff prepare with this cart. Null for a cart that a buyer filled. */
  readonly draftOrderId: string | null;
  readonly version: number;
}

/** A line with its amounts, all in the cart's currency. */
export interface PricedCartLine extends VariantSnapshot {
  readonly lineId: string;
  readonly quantity: number;
  /** The unit price times the quantity, rounded half up. */
  readonly total: Money;
  /** The line's share of the cart's discount. */
  readonly discount: Money;
  /** The share of each promotion in `discount`. */
  readonly discounts: readonly LineDiscount[];
  /** Whether a promotion added the line. The discount of such a line is its total. */
  readonly isGift: boolean;
  /** The price that staff set in a draft order. Null when the catalog's price applies. */
  readonly staffPrice: StaffPrice | null;
  readonly tax: Money;
  /** The amount after the discount, with its tax. */
  readonly taxed: TaxedAmount;
}

/**
 * The sums of a cart. `subtotal`, `discount` and `shipping` include the tax when the tenant's prices do. `total` is the amount to pay:
 * `subtotal - discount + shipping`, plus `PricedCart.taxAdjustment`.
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
  /** The problem and the remedy, as a message for the buyer. */
  readonly message: string;
  readonly lineId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly requested: number;
  /** The number of units that can be sold now. */
  readonly available: number;
  /** The time at which stock is expected. Null when it is unknown. */
  readonly expectedAt: Date | null;
}

/** A cart after a change of its lines, with stock warnings. */
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
   * The amount to pay minus the sum of the prices. When prices exclude tax, it is the tax. Under reverse charge, it is the tax that the
   * prices contain, as a negative amount. Otherwise it is 0.
   */
  readonly taxAdjustment: Money;
  /** The methods that the buyer can choose. Empty when the cart has no address. */
  readonly offeredShippingMethods: readonly OfferedShippingMethod[];
  readonly promotions: CartPromotions;
  /** The discount, plus the shipping price when a promotion makes the shipping free. */
  readonly savings: Money;
  /** The chosen method, if it is still offered. */
  readonly shippingMethod: OfferedShippingMethod | null;
}
