import {
  canonicalTranslations,
  err,
  failure,
  ok,
  type Failure,
  type Result,
  type TranslationDraft,
} from '@souk/kit/domain';
import type { DeliveryDays } from './shipping-method.ts';
import { priceDraftOf, priceFailures, pricesOf, type ShippingPriceDraft } from './shipping-price-settings.ts';
import type { ShippingPrice } from './shipping-rate.ts';

/** The maximum number of days from order to delivery. */
export const MAX_DELIVERY_DAYS = 365;
/** The maximum number of zones in which a method has prices. */
export const MAX_METHOD_ZONES = 200;

/** The prices of a method in a zone, as staff entered them. */
export interface ShippingZoneRateDraft {
  readonly zoneId: string;
  readonly prices: readonly ShippingPriceDraft[];
  /** @default the delivery days of the method */
  readonly deliveryDays?: DeliveryDays | null;
}

/** A shipping method as staff or an importer entered it. */
export interface ShippingMethodDraft {
  /** Unique in the tenant. */
  readonly code: string;
  readonly name: string;
  readonly description?: string | null;
  readonly translations?: readonly TranslationDraft[] | null;
  /** @default unknown */
  readonly deliveryDays?: DeliveryDays | null;
  /** The country codes (ISO 3166-1 alpha-2) to which the method ships. Empty when it ships to all countries. */
  readonly countryCodes: readonly string[];
  /** One price for each currency in which the method is offered. */
  readonly prices: readonly ShippingPriceDraft[];
  /** The prices in shipping zones. For an address in a zone, the prices of the zone replace `countryCodes` and `prices`. @default none */
  readonly zoneRates?: readonly ShippingZoneRateDraft[] | null;
  /** The products that the method cannot ship. @default none */
  readonly excludedProductIds?: readonly string[] | null;
  /** The categories whose products the method cannot ship. @default none */
  readonly excludedCategoryIds?: readonly string[] | null;
  /** Methods with a lower number are listed first. @default 0 */
  readonly sortOrder?: number | null;
  /** Whether buyers may choose the method. @default true */
  readonly active?: boolean | null;
}

/** The texts of a method in another language. A null text is shown in the language of the shop. */
export interface ShippingTexts {
  readonly name: string | null;
  readonly description: string | null;
}

/** The validated prices of a method in a zone. */
export interface ShippingZoneRate {
  readonly zoneId: string;
  readonly prices: readonly ShippingPrice[];
  /** Null when the delivery days of the method apply. */
  readonly deliveryDays: DeliveryDays | null;
}

/** A validated shipping method. */
export interface ShippingMethodSettings {
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  /** The texts by locale (BCP 47). */
  readonly translations: Readonly<Record<string, ShippingTexts>>;
  readonly deliveryDays: DeliveryDays | null;
  readonly countryCodes: readonly string[];
  readonly prices: readonly ShippingPrice[];
  /** Sorted by zone id. */
  readonly zoneRates: readonly ShippingZoneRate[];
  readonly excludedProductIds: readonly string[];
  readonly excludedCategoryIds: readonly string[];
  readonly sortOrder: number;
  readonly active: boolean;
}

/** A shipping method with the columns that the database assigns. */
export interface StoredShippingMethod extends ShippingMethodSettings {
  readonly id: string;
  readonly version: number;
}

/** Validates a draft. Each failure has the path of the wrong member. */
export function configureShippingMethod(
  draft: ShippingMethodDraft,
): Result<ShippingMethodSettings, readonly Failure[]> {
  const translations = canonicalTranslations(draft.translations ?? []);
  const zoneRates = draft.zoneRates ?? [];
  const failures = [
    ...priceFailures(draft.prices, ['prices']),
    ...(translations.ok ? [] : [translations.error]),
    ...daysFailures(draft.deliveryDays, ['deliveryDays']),
    ...zoneRates.flatMap((_rate, index) => zoneRateFailures(zoneRates, index)),
  ];
  if (failures.length > 0 || !translations.ok) return err(failures);
  return ok({
    code: draft.code,
    name: draft.name,
    description: draft.description ?? null,
    translations: textsOf(translations.value),
    deliveryDays: daysOf(draft.deliveryDays),
    countryCodes: [...new Set(draft.countryCodes.map((code) => code.toUpperCase()))].toSorted(),
    prices: pricesOf(draft.prices),
    zoneRates: zoneRates.map(zoneRateOf).toSorted((a, b) => (a.zoneId < b.zoneId ? -1 : 1)),
    excludedProductIds: [...new Set(draft.excludedProductIds)],
    excludedCategoryIds: [...new Set(draft.excludedCategoryIds)],
    sortOrder: draft.sortOrder ?? 0,
    active: draft.active ?? true,
  });
}

/** Converts settings back to a draft. It is the inverse of `configureShippingMethod`. */
export function draftOf({ prices, zoneRates, translations, ...settings }: ShippingMethodSettings): ShippingMethodDraft {
  return {
    ...settings,
    prices: prices.map(priceDraftOf),
    translations: Object.entries(translations).map(([locale, texts]) => ({ locale, ...texts })),
    zoneRates: zoneRates.map((rate) => ({ ...rate, prices: rate.prices.map(priceDraftOf) })),
  };
}

function textsOf(translations: readonly TranslationDraft[]): Record<string, ShippingTexts> {
  return Object.fromEntries(
    translations.map(({ locale, name = null, description = null }) => [locale, { name, description }]),
  );
}

function zoneRateOf({ zoneId, prices, deliveryDays }: ShippingZoneRateDraft): ShippingZoneRate {
  return { zoneId: zoneId.toLowerCase(), prices: pricesOf(prices), deliveryDays: daysOf(deliveryDays) };
}

function daysOf(days: DeliveryDays | null | undefined): DeliveryDays | null {
  return days ? { min: days.min, max: days.max } : null;
}

function zoneRateFailures(rates: readonly ShippingZoneRateDraft[], index: number): Failure[] {
  const rate = rates[index];
  if (!rate) return [];
  const path = ['zoneRates', String(index)];
  const first = rates.findIndex(({ zoneId }) => zoneId.toLowerCase() === rate.zoneId.toLowerCase());
  return [
    ...(first === index
      ? []
      : [failure('INVALID_INPUT', 'A zone is listed twice; list all its prices once', [...path, 'zoneId'])]),
    ...priceFailures(rate.prices, [...path, 'prices']),
    ...daysFailures(rate.deliveryDays, [...path, 'deliveryDays']),
  ];
}

function daysFailures(days: DeliveryDays | null | undefined, path: readonly string[]): Failure[] {
  if (!days || days.min <= days.max) return [];
  return [failure('INVALID_INPUT', 'max is less than min', [...path, 'max'])];
}
