import type { CatalogServices } from '@souk/catalog';
import type { OrdersServices } from '@souk/orders';
import type { DemoBrand } from './brands.ts';
import type { ShapeName } from './picture/shapes.ts';
import type { DemoTenant } from './tenants.ts';

/** The currencies of the demo shops. Every price has an amount in each. */
export type DemoCurrency = 'EUR' | 'USD';

/** A price in each currency, as decimal strings with two digits. */
export type DemoPrice = Readonly<Record<DemoCurrency, string>>;

/** Translated names and descriptions. The originals are English. */
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
  /**
   * The name of the variant: its option values, as in `Brass / Large`, or the product's name when there are no options.
   */
  readonly name: string;
  readonly options: readonly DemoOptionValue[];
  /** A GTIN-13 of the range 200 to 299, which GS1 keeps for the use within a company. */
  readonly barcode: string;
  readonly prices: DemoPrice;
}

/** The shape and the colour of a product's picture. */
export interface DemoPicture {
  readonly shape: ShapeName;
  /** The colour, as `#rrggbb`. */
  readonly colour: string;
}

export interface DemoProduct {
  readonly slug: string;
  readonly baseSku: string;
  readonly name: string;
  readonly description: string;
  readonly categorySlug: string;
  readonly brandSlug: string;
  readonly tags: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly originCountry: string | null;
  /** Attribute values, by attribute code. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The options, in the order in which variant names list their values. A product without options has one variant. */
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly variants: readonly DemoVariant[];
  readonly translations: DemoTranslations;
  readonly picture: DemoPicture;
  /** The days since publication. They differ for each product, so the sort order "newest first" is unambiguous. */
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
  /** The priority. Orders prefer warehouses with a lower number. */
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
  /**
   * The prices, ascending by order value. The last rate that the order value reaches applies. Below the first rate, the
   * method is not offered.
   */
  readonly rates: readonly { readonly fromOrderValue: DemoPrice; readonly price: DemoPrice }[];
  /** Translated texts. The originals are English. @default none */
  readonly translations?: readonly { readonly locale: string; readonly name: string; readonly description?: string }[];
  readonly description?: string;
  /** Prices by zone and weight. In these zones the prices replace `rates`. @default none */
  readonly zoneRates?: readonly {
    readonly zoneCode: string;
    readonly deliveryDays: { readonly min: number; readonly max: number };
    /** The prices, ascending by weight. The first weight is 0. */
    readonly weights: readonly { readonly fromGrams: number; readonly price: DemoPrice }[];
    readonly maxWeightGrams: number;
  }[];
}

/** A shipping zone, as the service imports it. */
export type DemoShippingZone = Parameters<OrdersServices['importShippingZones']>[1][number];

/** A price list with its prices by SKU. */
export type DemoChannel = Parameters<CatalogServices['importChannels']>[1][number];
export type DemoPriceList = Parameters<CatalogServices['importPriceLists']>[1][number];
/** A price list for the channel with this code. */
export interface DemoChannelPriceList extends DemoPriceList {
  readonly channelCode: string;
}

/** A promotion that adds a unit of a variant for free. */
export interface DemoGift extends Omit<DemoPromotion, 'action'> {
  readonly sku: string;
}

/** A promotion, as the service imports it. */
export type DemoPromotion = Parameters<OrdersServices['importPromotions']>[1][number];

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

/** One step of an order's history. The first step is the checkout. `hoursLater` counts from the previous step. */
export type DemoOrderStep = { readonly hoursLater: number } & (
  | { readonly kind: 'authorize' | 'capture' | 'deliver' }
  /** Packs units. Without `lines`, it packs all open units. */
  | { readonly kind: 'fulfill'; readonly lines?: readonly DemoOrderLine[] }
  | { readonly kind: 'ship'; readonly carrier: string; readonly trackingNumber: string }
  /** Cancels the order. The authorization is voided, or the captured amount is refunded. */
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'refund'; readonly lines: readonly DemoOrderLine[]; readonly reason: string }
  | {
      readonly kind: 'return';
      readonly lines: readonly DemoOrderLine[];
      readonly reason: 'DEFECTIVE';
      readonly note: string;
    }
);

export type DemoOrderOutcome =
  | 'authorized'
  | 'paid'
  | 'backordered'
  | 'partially fulfilled'
  | 'fulfilled'
  | 'shipped'
  | 'partially delivered'
  | 'completed'
  | 'canceled and voided'
  | 'canceled and refunded'
  | 'partially refunded';

/** A past order as a list of steps. The loader runs each step through the services, never by SQL. */
export interface DemoOrder {
  /** A unique name. Logs contain it, and idempotency keys are derived from it. */
  readonly reference: string;
  /** The expected state after the last step. */
  readonly outcome: DemoOrderOutcome;
  readonly placedDaysAgo: number;
  readonly email: string;
  readonly shippingAddress: DemoAddress;
  readonly shippingMethodCode: string;
  readonly currencyCode: DemoCurrency;
  /** The VAT id of a company. Only orders through the checkout can have one. @default the buyer is a consumer */
  readonly taxId?: string;
  /** The purchase order number of a business customer. Such an order also gets tags and a note. */
  readonly purchaseOrderNumber?: string;
  readonly lines: readonly DemoOrderLine[];
  readonly steps: readonly DemoOrderStep[];
}

/** How a SKU is sold. */
export interface DemoStockItem {
  readonly sku: string;
  readonly mode?: 'NONE' | 'TRACK_ONLY' | 'RESERVE_ON_ORDER' | 'RESERVE_ON_CART';
  readonly safetyStock?: number;
  readonly lowStockThreshold?: number;
  readonly backorderLimit?: number;
  readonly incomingQuantity?: number;
  /** Days until stock is expected. @default unknown */
  readonly expectedInDays?: number;
}

/** A review of a product by the buyer of demo orders. */
export interface DemoReview {
  readonly productSlug: string;
  /** The email address of the buyer. */
  readonly email: string;
  readonly displayName: string;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  readonly verifiedPurchase: boolean;
  readonly status: 'PENDING' | 'PUBLISHED';
  /** The days since the review was written. */
  readonly daysAgo: number;
  readonly reply: string | null;
}

/** The initial data of one demo tenant. Every call returns the same data. */
export interface DemoCatalog {
  /** The tenant. The first currency is its default. */
  readonly tenant: DemoTenant & { readonly currencies: readonly DemoCurrency[] };
  /** The categories. A parent comes before its children. */
  readonly categories: readonly DemoCategory[];
  readonly brands: readonly DemoBrand[];
  readonly attributes: readonly DemoAttribute[];
  /** Groups of phrases that the search treats as synonyms. */
  readonly synonyms: readonly (readonly string[])[];
  /** The products, newest first. */
  readonly products: readonly DemoProduct[];
  readonly collections: readonly DemoCollection[];
  readonly warehouses: readonly DemoWarehouse[];
  readonly stock: readonly DemoStockLevel[];
  /** How SKUs are sold. SKUs that are missing have the defaults. */
  readonly stockItems: readonly DemoStockItem[];
  readonly shippingZones: readonly DemoShippingZone[];
  readonly shippingMethods: readonly DemoShippingMethod[];
  /** The sales channels. The first is the default. */
  readonly channels: readonly DemoChannel[];
  readonly priceLists: readonly DemoPriceList[];
  /** Price lists for one channel. */
  readonly channelPriceLists: readonly DemoChannelPriceList[];
  /** Price lists for the company of the tenant's shopper. */
  readonly companyPriceLists: readonly DemoPriceList[];
  readonly promotions: readonly DemoPromotion[];
  readonly gifts: readonly DemoGift[];
  readonly orders: readonly DemoOrder[];
  readonly reviews: readonly DemoReview[];
}
