import { money } from '@souk/kit/domain';
import { presentMoney, type MoneyType } from '@souk/kit/graphql';
import type { ShippingMethodDraft, ShippingPrice, StoredShippingMethod } from './shipping-method-settings.ts';
import type { OfferedShippingMethod } from './shipping-method.ts';
import type {
  ShippingMethodPriceType,
  ShippingMethodSetupType,
  ShippingMethodUpdateInput,
} from './shipping-method-setup.types.ts';
import type { ShippingMethodType } from './shipping-method.types.ts';

export function presentShippingMethod({ price, ...method }: OfferedShippingMethod): ShippingMethodType {
  return { ...method, price: presentMoney(price) };
}

export function presentShippingMethodSetup({ prices, ...method }: StoredShippingMethod): ShippingMethodSetupType {
  return { ...method, prices: prices.map(presentPrice) };
}

/**
 * The settings that an update sets. With null as the list of countries, the method ships everywhere. The input refuses null in all other
 * fields.
 */
export function changesOf(input: ShippingMethodUpdateInput): Partial<ShippingMethodDraft> {
  const { name, countryCodes, prices, sortOrder, active } = input;
  return {
    ...(name !== undefined && { name }),
    ...(countryCodes !== undefined && { countryCodes: countryCodes ?? [] }),
    ...(prices !== undefined && { prices }),
    ...(sortOrder !== undefined && { sortOrder }),
    ...(active !== undefined && { active }),
  };
}

function presentPrice({ currency, ...price }: ShippingPrice): ShippingMethodPriceType {
  const bound = (minor: number | null): MoneyType | null =>
    minor === null ? null : presentMoney(money(minor, currency));
  return {
    price: presentMoney(money(price.priceMinor, currency)),
    freeFrom: bound(price.freeFromMinor),
    minSubtotal: bound(price.minSubtotalMinor),
    maxSubtotal: bound(price.maxSubtotalMinor),
  };
}
