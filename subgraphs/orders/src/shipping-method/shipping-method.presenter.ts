import { money, type Money } from '@souk/kit/domain';
import { presentMoney, type MoneyType } from '@souk/kit/graphql';
import type { ShippingMethodDraft, StoredShippingMethod } from './shipping-method-settings.ts';
import type { ShippingMethodPriceType, ShippingMethodSetupType } from './shipping-method-setup.types.ts';
import type { ShippingMethodUpdateInput } from './shipping-method.inputs.ts';
import type { OfferedShippingMethod } from './shipping-method.ts';
import type { ShippingMethodType } from './shipping-method.types.ts';
import { priceDraftOf } from './shipping-price-settings.ts';
import type { ShippingPrice } from './shipping-rate.ts';

export function presentShippingMethod(offer: OfferedShippingMethod): ShippingMethodType {
  const { price, freeFrom, untilFree, ...method } = offer;
  return {
    ...method,
    price: presentMoney(price),
    freeFrom: presentBound(freeFrom),
    untilFree: presentBound(untilFree),
  };
}

export function presentShippingMethodSetup(stored: StoredShippingMethod): ShippingMethodSetupType {
  const { prices, zoneRates, translations, ...method } = stored;
  return {
    ...method,
    prices: prices.map(presentPrice),
    zoneRates: zoneRates.map((rate) => ({ ...rate, prices: rate.prices.map(presentPrice) })),
    translations: Object.entries(translations).map(([locale, texts]) => ({ locale, ...texts })),
  };
}

/**
 * The settings that the input of an update contains. Null as the list of countries means that the method ships to all countries. Null in
 * another nullable field sets the field's default. The remaining fields do not accept null.
 */
export function changesOf(input: ShippingMethodUpdateInput): Partial<ShippingMethodDraft> {
  const { id: _id, expectedVersion: _version, idempotencyKey: _key, countryCodes, ...others } = input;
  const changes = Object.entries(others).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(changes), ...(countryCodes !== undefined && { countryCodes: countryCodes ?? [] }) };
}

export function presentBound(amount: Money | null): MoneyType | null {
  return amount && presentMoney(amount);
}

function presentPrice(price: ShippingPrice): ShippingMethodPriceType {
  const { currency, stepsBy, minWeightGrams, maxWeightGrams } = price;
  const amount = (minor: number): MoneyType => presentMoney(money(minor, currency));
  const bound = (minor: number | null): MoneyType | null => (minor === null ? null : amount(minor));
  return {
    price: amount(price.priceMinor),
    stepsBy,
    steps:
      priceDraftOf(price).steps?.map(({ from }, index) => ({
        from,
        price: amount(price.steps[index]?.priceMinor ?? 0),
      })) ?? [],
    freeFrom: bound(price.freeFromMinor),
    minSubtotal: bound(price.minSubtotalMinor),
    maxSubtotal: bound(price.maxSubtotalMinor),
    minWeightGrams,
    maxWeightGrams,
  };
}
