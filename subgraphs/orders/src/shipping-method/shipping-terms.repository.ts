import type { ShippingPrice, ShippingStep, StepMeasure } from './shipping-rate.ts';
import type { ShippingTerms } from './shipping-method.ts';

/** A row that the query `SHIPPING_TERMS` returns. */
export interface ShippingTermsRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly is_served: boolean;
  readonly delivery_days: ShippingTerms['deliveryDays'];
  readonly excluded_product_ids: readonly string[];
  readonly excluded_category_ids: readonly string[];
  /** Null when the method has no prices for the zone of the address. */
  readonly zone_id: string | null;
  readonly zone_price: ShippingPrice | null;
  /** Null when the method has no price in the currency outside of zones, or when the price of the zone replaces it. */
  readonly price_minor: number | null;
  readonly free_from_minor: number | null;
  readonly min_subtotal_minor: number | null;
  readonly max_subtotal_minor: number | null;
  readonly min_weight_grams: number | null;
  readonly max_weight_grams: number | null;
  readonly steps_by: StepMeasure | null;
  readonly steps: readonly ShippingStep[];
}

/**
 * Finds the zone of an address by the most specific matching row. Ties are resolved by the zone's code. The query has the same parameters
 * as `SHIPPING_TERMS`.
 */
export const ZONE_OF_ADDRESS = `
  select place.zone_id
    from shipping_zone_place place
    join shipping_zone zone on zone.tenant_id = place.tenant_id and zone.id = place.zone_id
   where place.tenant_id = $1 and place.country_code in ($2, '*') and (place.region is null or place.region = $3)
     and (place.postal_like is null or $4 like place.postal_like
          and (place.postal_from is null or left($4, length(place.postal_from)) between place.postal_from and place.postal_to))
   order by place.specificity desc, zone.code limit 1`;

/**
 * Returns the tenant's methods at an address, with the prices in a currency. Parameters: $1 the tenant, $2 the country, $3 the region, $4
 * the postal code (`placeOf`), $5 the currency, $6 and $7 the locales (`localeCandidates`).
 */
export const SHIPPING_TERMS = `
  select method.sort_order, method.id, method.code, method.active, method.excluded_product_ids, method.excluded_category_ids,
         coalesce(method.translations -> $6 ->> 'name', method.translations -> $7 ->> 'name', method.name) as name,
         coalesce(method.translations -> $6 ->> 'description', method.translations -> $7 ->> 'description', method.description) as description,
         case when zoned.min_delivery_days is not null
                then jsonb_build_object('min', zoned.min_delivery_days, 'max', zoned.max_delivery_days)
              when method.min_delivery_days is not null
                then jsonb_build_object('min', method.min_delivery_days, 'max', method.max_delivery_days) end as delivery_days,
         zoned.zone_id,
         (select each from jsonb_array_elements(zoned.prices) each where each ->> 'currency' = $5) as zone_price,
         zoned.zone_id is not null
           or exists (select from shipping_method_country served where served.tenant_id = method.tenant_id
                         and served.shipping_method_id = method.id and served.country_code = $2)
           or not exists (select from shipping_method_country served where served.tenant_id = method.tenant_id
                             and served.shipping_method_id = method.id) as is_served,
         price.price_minor, price.free_from_minor, price.min_subtotal_minor, price.max_subtotal_minor, price.min_weight_grams,
         price.max_weight_grams, price.steps_by, price.steps
    from (select (${ZONE_OF_ADDRESS}) as id) as zone
    join shipping_method method on method.tenant_id = $1
    left join shipping_method_zone zoned on zoned.tenant_id = method.tenant_id and zoned.shipping_method_id = method.id
     and zoned.zone_id = zone.id
    left join shipping_method_price price on price.tenant_id = method.tenant_id and price.shipping_method_id = method.id
     and price.currency = $5 and zoned.zone_id is null`;

/**
 * A filter for rows of `SHIPPING_TERMS`: the methods that a cart may be offered. Previews omit it, because they show why the other methods
 * are not offered.
 */
export const OFFERABLE = 'active and is_served and (price_minor is not null or zone_price is not null)';

/** Converts a row to the terms of a method. @param currency the currency with which the row was queried */
export function termsOf(row: ShippingTermsRow, currency: string): ShippingTerms {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    description: row.description,
    deliveryDays: row.delivery_days,
    active: row.active,
    isServed: row.is_served,
    price: row.zone_id === null ? ownPrice(row, currency) : row.zone_price,
    excludedProductIds: row.excluded_product_ids,
    excludedCategoryIds: row.excluded_category_ids,
  };
}

function ownPrice(row: ShippingTermsRow, currency: string): ShippingPrice | null {
  if (row.price_minor === null) return null;
  return {
    currency,
    priceMinor: row.price_minor,
    stepsBy: row.steps_by,
    steps: row.steps,
    freeFromMinor: row.free_from_minor,
    minSubtotalMinor: row.min_subtotal_minor,
    maxSubtotalMinor: row.max_subtotal_minor,
    minWeightGrams: row.min_weight_grams,
    maxWeightGrams: row.max_weight_grams,
  };
}
