import type { ShapeName } from './picture/shapes.ts';
import type { DemoTenant } from './tenants.ts';

/** The currencies that every price is given in. */
export type DemoCurrency = 'EUR' | 'USD';

/** Decimal strings with two digits. */
export type DemoPrice = Readonly<Record<DemoCurrency, string>>;

/** By language; the names and descriptions themselves are English. */
export type DemoTranslations = Readonly<Partial<Record<'de', { readonly name: string; readonly description: string }>>>;

export interface DemoCategory {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly parentSlug: string | null;
  readonly translations: DemoTranslations;
}

export interface DemoAttribute {
  readonly code: string;
  readonly name: string;
}

export interface DemoOptionValue {
  readonly name: string;
  readonly value: string;
}

export interface DemoVariant {
  readonly sku: string;
  /** The option values, `Brass / Large`; the product's name where there are none. */
  readonly name: string;
  readonly options: readonly DemoOptionValue[];
  readonly prices: DemoPrice;
}

/** What a picture is drawn from. */
export interface DemoPicture {
  readonly shape: ShapeName;
  /** `#rrggbb`. */
  readonly colour: string;
}

export interface DemoProduct {
  readonly slug: string;
  readonly baseSku: string;
  readonly name: string;
  readonly description: string;
  readonly categorySlug: string;
  /** By attribute code. */
  readonly attributes: Readonly<Record<string, string>>;
  /** In the order of the variants; without options there is one variant. */
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly variants: readonly DemoVariant[];
  readonly translations: DemoTranslations;
  readonly picture: DemoPicture;
  /** Different for each product: newest first is a stable order. */
  readonly publishedDaysAgo: number;
}

export interface DemoCollection {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly productSlugs: readonly string[];
}

export interface DemoWarehouse {
  readonly code: string;
  readonly name: string;
  readonly countryCode: string;
  readonly city: string;
  /** 1 is asked first. */
  readonly priority: number;
}

export interface DemoStockLevel {
  readonly sku: string;
  readonly warehouseCode: string;
  readonly onHand: number;
}

export interface DemoShippingMethod {
  readonly code: string;
  readonly name: string;
  readonly countryCodes: readonly string[];
  readonly deliveryDays: { readonly min: number; readonly max: number };
  /** Ascending by order value; the last that the order reaches counts. Below the first the method is not offered. */
  readonly rates: readonly { readonly fromOrderValue: DemoPrice; readonly price: DemoPrice }[];
}

export interface DemoAddress {
  readonly name: string;
  readonly line1: string;
  readonly city: string;
  readonly region?: string;
  readonly postalCode: string;
  readonly countryCode: string;
}

export interface DemoOrderLine {
  readonly sku: string;
  readonly quantity: number;
}

/** What happens to an order after it was placed; the first is at the checkout. `hoursLater` counts from the step before. */
export type DemoOrderStep = { readonly hoursLater: number } & (
  | { readonly kind: 'authorize' | 'capture' | 'deliver' }
  /** Without lines: all that is open. */
  | { readonly kind: 'fulfill'; readonly lines?: readonly DemoOrderLine[] }
  | { readonly kind: 'ship'; readonly carrier: string; readonly trackingNumber: string }
  /** Voids what is authorized, refunds what is captured. */
  | { readonly kind: 'cancel'; readonly reason: string }
  /** Of the captured amount, the lines named. */
  | { readonly kind: 'refund'; readonly lines: readonly DemoOrderLine[]; readonly reason: string }
);

export type DemoOrderOutcome =
  | 'authorized'
  | 'paid'
  | 'partially fulfilled'
  | 'fulfilled'
  | 'shipped'
  | 'partially delivered'
  | 'completed'
  | 'canceled and voided'
  | 'canceled and refunded'
  | 'partially refunded';

/** A past order as instructions: the loader walks them through the services, so that every row is one that Souk wrote. */
export interface DemoOrder {
  /** Unique; names the order in logs, and serves as idempotency key. */
  readonly reference: string;
  /** The state that the steps lead to. */
  readonly outcome: DemoOrderOutcome;
  readonly placedDaysAgo: number;
  readonly email: string;
  readonly shippingAddress: DemoAddress;
  readonly shippingMethodCode: string;
  readonly currencyCode: DemoCurrency;
  readonly lines: readonly DemoOrderLine[];
  readonly steps: readonly DemoOrderStep[];
}

/** Everything that one tenant of the demo starts with. Plain data: the same on every call. */
export interface DemoCatalog {
  /** The first of its currencies is its own. */
  readonly tenant: DemoTenant & { readonly currencies: readonly DemoCurrency[] };
  /** Parents before their children. */
  readonly categories: readonly DemoCategory[];
  readonly attributes: readonly DemoAttribute[];
  /** Newest first. */
  readonly products: readonly DemoProduct[];
  readonly collections: readonly DemoCollection[];
  readonly warehouses: readonly DemoWarehouse[];
  readonly stock: readonly DemoStockLevel[];
  readonly shippingMethods: readonly DemoShippingMethod[];
  readonly orders: readonly DemoOrder[];
}
