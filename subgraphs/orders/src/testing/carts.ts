import { randomUUID } from 'node:crypto';
import type { Address } from '@souk/kit/postal';
import { openCart } from '../cart/cart-changes.ts';
import type { Cart, CartLine, VariantSnapshot } from '../cart/cart.ts';
import type { ShippingTerms } from '../shipping-method/shipping-method.ts';
import type { ShippingPrice } from '../shipping-method/shipping-rate.ts';
import { taxByRates, type TaxCalculation } from '../tax/tax-calculation.ts';

/** A variant with default values. Pass the values that the test depends on. */
export function aVariant(values: Partial<VariantSnapshot> = {}): VariantSnapshot {
  return {
    variantId: randomUUID(),
    productId: randomUUID(),
    sku: 'TEA-100',
    productName: 'Tea',
    variantName: '100 g',
    options: [{ name: 'Weight', value: '100 g' }],
    listIds: [],
    unitPrice: '10.00',
    taxCategory: null,
    weightGrams: null,
    ...values,
  };
}

export function aLine(values: Partial<CartLine> = {}): CartLine {
  return { ...aVariant(), id: randomUUID(), quantity: 1, staffPrice: null, ...values };
}

export function aCart(values: Partial<Cart> = {}): Cart {
  return { ...openCart(randomUUID(), { currency: 'EUR', locale: 'en', channelId: null }), ...values };
}

export function anAddress(values: Partial<Address> = {}): Address {
  return {
    name: 'A Buyer',
    line1: 'Main Street 1',
    line2: null,
    city: 'Berlin',
    region: null,
    postalCode: '10115',
    countryCode: 'DE',
    phone: null,
    ...values,
  };
}

/** A shipping price of 4.90 EUR for every cart. Pass the values that the test depends on. */
export function aShippingPrice(values: Partial<ShippingPrice> = {}): ShippingPrice {
  return {
    currency: 'EUR',
    priceMinor: 490,
    stepsBy: null,
    steps: [],
    freeFromMinor: null,
    minSubtotalMinor: null,
    maxSubtotalMinor: null,
    minWeightGrams: null,
    maxWeightGrams: null,
    ...values,
  };
}

/** The shipping method `standard` at an address that it serves. */
export function aMethod(price: Partial<ShippingPrice> = {}, values: Partial<ShippingTerms> = {}): ShippingTerms {
  return {
    id: 'standard',
    code: 'standard',
    name: 'Standard',
    description: null,
    deliveryDays: null,
    active: true,
    isServed: true,
    excludedProductIds: [],
    excludedCategoryIds: [],
    price: aShippingPrice(price),
    ...values,
  };
}

/** A tax calculation with one rate, for prices that include tax. @param basisPoints the rate, for instance 1900 for 19 % */
export function includedTax(basisPoints: number): TaxCalculation {
  const rate = { category: 'standard', name: 'VAT', millionths: basisPoints * 100, from: null, until: null };
  const settings = { pricesIncludeTax: true, rounding: 'LINE', isReverseCharge: false } as const;
  return taxByRates({ ...settings, zone: 'Everywhere', rates: [rate], treatments: new Map() });
}
