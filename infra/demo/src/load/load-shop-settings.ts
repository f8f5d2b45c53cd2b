import type { RequestContext } from '@souk/kit/context';
import type { OrdersServices } from '@souk/orders';
import type { DemoCatalog, DemoCurrency, DemoShippingMethod } from '../shops/demo.types.ts';

/**
 * Standard VAT rates of 2026 in basis points. Other countries have no rate, because the buyer pays the tax on import.
 */
const TAX_RATES = {
  AT: 2000,
  BE: 2100,
  CH: 810,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GB: 2000,
  IE: 2300,
  IT: 2200,
  LU: 1700,
  NL: 2100,
  PL: 2300,
  PT: 2300,
  SE: 2500,
} as const;

const CURRENCIES: readonly DemoCurrency[] = ['EUR', 'USD'];

/** Creates the shipping methods, tax rates, promotions and order numbering of a shop. */
export async function loadShopSettings(orders: OrdersServices, ctx: RequestContext, shop: DemoCatalog): Promise<void> {
  await orders.setOrderSettings(ctx, {
    defaultCurrency: 'EUR',
    capturePolicy: 'AUTOMATIC',
    numberPrefix: shop.tenant.slug.charAt(0).toUpperCase(),
  });
  await orders.setInvoiceSettings(ctx, {
    seller: sellerOf(shop.tenant),
    invoicePrefix: 'INV-',
    creditNotePrefix: 'CN-',
    isAutomatic: true,
  });
  await orders.importTaxRates(
    ctx,
    Object.entries(TAX_RATES).map(([countryCode, basisPoints]) => ({ countryCode, basisPoints })),
  );
  await orders.setTaxSettings(ctx, { sellerCountryCode: 'DE' });
  await loadShipping(orders, ctx, shop);
  await orders.importPromotions(ctx, shop.promotions);
}

/** The seller on invoices. The VAT id has a valid checksum, but does not belong to a company. */
function sellerOf({ name, slug }: DemoCatalog['tenant']) {
  return {
    legalName: `${name} GmbH`,
    address: {
      line1: 'Musterstraße 1',
      line2: null,
      city: 'Berlin',
      region: null,
      postalCode: '10115',
      countryCode: 'DE',
    },
    vatId: 'DE136695976',
    registrationId: 'HRB 123456',
    email: `billing@${slug}.test`,
    phone: '+49 30 123456',
    bank: {
      accountHolder: `${name} GmbH`,
      accountNumber: 'DE02120300000000202051',
      bankName: 'Demo Bank',
      bic: 'BYLADEM1001',
    },
    footer: null,
    color: '#0f766e',
  };
}

/** @returns the tax rate of a country in basis points, or 0 when the country has no rate */
export function taxBasisPoints(countryCode: string): number {
  return Object.entries(TAX_RATES).find(([country]) => country === countryCode)?.[1] ?? 0;
}

async function loadShipping(orders: OrdersServices, ctx: RequestContext, shop: DemoCatalog): Promise<void> {
  const zoneIds = await orders.importShippingZones(ctx, shop.shippingZones);
  await orders.importShippingMethods(
    ctx,
    shop.shippingMethods.map(({ rates, zoneRates = [], ...method }, sortOrder) => ({
      ...method,
      prices: CURRENCIES.map((currency) => priceOf(rates, currency)),
      zoneRates: zoneRates.map((zone) => ({
        zoneId: zoneIds.get(zone.zoneCode) ?? '',
        prices: CURRENCIES.map((currency) => zonePriceOf(zone, currency)),
        deliveryDays: zone.deliveryDays,
      })),
      sortOrder,
    })),
  );
}

/**
 * Converts rates to the API's input: a base price, and steps by order value. A free rate becomes `freeFrom`, the order
 * value from which shipping is free.
 */
function priceOf([first, ...others]: DemoShippingMethod['rates'], currency: DemoCurrency) {
  const minSubtotal = first?.fromOrderValue[currency] ?? '0';
  const free = others.find(({ price }) => Number(price[currency]) === 0);
  const steps = others.filter((rate) => rate !== free);
  return {
    currencyCode: currency,
    price: first?.price[currency] ?? '0.00',
    ...(Number(minSubtotal) > 0 && { minSubtotal }),
    ...(free && { freeFrom: free.fromOrderValue[currency] }),
    ...(steps.length > 0 && {
      stepsBy: 'VALUE' as const,
      steps: steps.map(({ fromOrderValue, price }) => ({ from: fromOrderValue[currency], price: price[currency] })),
    }),
  };
}

function zonePriceOf(
  { weights: [first, ...steps], maxWeightGrams }: NonNullable<DemoShippingMethod['zoneRates']>[number],
  currency: DemoCurrency,
) {
  return {
    currencyCode: currency,
    price: first?.price[currency] ?? '0.00',
    stepsBy: 'WEIGHT' as const,
    steps: steps.map(({ fromGrams, price }) => ({ from: String(fromGrams), price: price[currency] })),
    maxWeightGrams,
  };
}
