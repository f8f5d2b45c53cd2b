import type { DemoPrice, DemoShippingMethod, DemoShippingZone } from './demo.types.ts';

const price = (EUR: string, USD: string): DemoPrice => ({ EUR, USD });
const NOTHING = price('0.00', '0.00');

/** The rates of a method that is free for orders of at least `value`. @param below the price for smaller orders */
function freeFrom(value: DemoPrice, below: DemoPrice): DemoShippingMethod['rates'] {
  return [
    { fromOrderValue: NOTHING, price: below },
    { fromOrderValue: value, price: NOTHING },
  ];
}

const flat = (always: DemoPrice): DemoShippingMethod['rates'] => [{ fromOrderValue: NOTHING, price: always }];

const NEAR = ['AT', 'BE', 'NL', 'LU', 'DK', 'PL', 'CZ'];
const FAR = ['FR', 'ES', 'IT', 'PT', 'IE', 'SE', 'FI'];

export const demoShippingZones: readonly DemoShippingZone[] = [
  {
    code: 'german-islands',
    name: 'German islands',
    // German islands: Sylt, Amrum and Föhr; Helgoland; Borkum, Juist, Norderney, Baltrum, Langeoog, Spiekeroog and
    // Wangerooge.
    areas: [
      {
        countryCode: 'DE',
        postalPatterns: ['25938..25999', '27498', '26757', '26571', '26548', '26579', '26465', '26474', '26486'],
      },
    ],
  },
];

export const demoShippingMethods: readonly DemoShippingMethod[] = [
  {
    code: 'standard-de',
    name: 'Standard',
    countryCodes: ['DE'],
    deliveryDays: { min: 2, max: 3 },
    rates: freeFrom(price('60.00', '68.00'), price('4.90', '5.50')),
    description: 'By parcel, with a tracking number',
    translations: [
      { locale: 'de', name: 'Standardversand', description: 'Als Paket, mit Sendungsnummer' },
      { locale: 'ar', name: 'شحن عادي', description: 'طرد مع رقم تتبّع' },
    ],
    // Parcels to the islands travel by boat. The price of this transport depends on the weight.
    zoneRates: [
      {
        zoneCode: 'german-islands',
        deliveryDays: { min: 4, max: 7 },
        weights: [
          { fromGrams: 0, price: price('9.90', '10.90') },
          { fromGrams: 2000, price: price('14.90', '16.50') },
          { fromGrams: 5000, price: price('24.90', '27.50') },
        ],
        maxWeightGrams: 10_000,
      },
    ],
  },
  {
    code: 'express-de',
    name: 'Express, next working day',
    countryCodes: ['DE'],
    deliveryDays: { min: 1, max: 1 },
    rates: [
      { fromOrderValue: NOTHING, price: price('12.90', '14.50') },
      { fromOrderValue: price('120.00', '135.00'), price: price('6.90', '7.90') },
    ],
  },
  {
    code: 'standard-near',
    name: 'Standard',
    countryCodes: NEAR,
    deliveryDays: { min: 3, max: 5 },
    rates: freeFrom(price('100.00', '112.00'), price('8.90', '9.90')),
  },
  {
    code: 'standard-far',
    name: 'Standard',
    countryCodes: FAR,
    deliveryDays: { min: 4, max: 7 },
    rates: freeFrom(price('150.00', '168.00'), price('11.90', '13.50')),
  },
  {
    code: 'express-eu',
    name: 'Express',
    countryCodes: [...NEAR, ...FAR],
    deliveryDays: { min: 1, max: 2 },
    rates: flat(price('22.90', '25.90')),
  },
  {
    code: 'standard-ch',
    name: 'Standard, duty paid',
    countryCodes: ['CH'],
    deliveryDays: { min: 4, max: 6 },
    rates: freeFrom(price('200.00', '224.00'), price('14.90', '16.90')),
  },
  {
    code: 'standard-gb',
    name: 'Standard, duty paid',
    countryCodes: ['GB'],
    deliveryDays: { min: 4, max: 7 },
    rates: freeFrom(price('200.00', '224.00'), price('13.90', '15.90')),
  },
  {
    code: 'express-ch-gb',
    name: 'Express, duty paid',
    countryCodes: ['CH', 'GB'],
    deliveryDays: { min: 2, max: 3 },
    rates: flat(price('29.90', '33.90')),
  },
  {
    code: 'standard-overseas',
    name: 'Standard, tracked',
    countryCodes: ['US', 'CA'],
    deliveryDays: { min: 7, max: 12 },
    rates: freeFrom(price('300.00', '336.00'), price('24.90', '27.90')),
  },
  {
    code: 'express-overseas',
    name: 'Express',
    countryCodes: ['US', 'CA'],
    deliveryDays: { min: 2, max: 4 },
    rates: flat(price('49.90', '55.90')),
  },
];

export const acmeShippingMethods: readonly DemoShippingMethod[] = [
  {
    code: 'parcel',
    name: 'Parcel',
    countryCodes: ['DE', 'AT', 'NL', 'BE', 'PL', 'CZ'],
    deliveryDays: { min: 1, max: 3 },
    rates: freeFrom(price('250.00', '280.00'), price('7.50', '8.50')),
  },
  {
    code: 'parcel-europe',
    name: 'Parcel',
    countryCodes: ['FR', 'IT', 'ES', 'SE', 'DK', 'CH', 'GB'],
    deliveryDays: { min: 3, max: 6 },
    rates: flat(price('18.50', '20.50')),
  },
  {
    code: 'pallet',
    name: 'Pallet, kerbside',
    countryCodes: ['DE', 'AT', 'NL', 'BE', 'PL', 'CZ', 'FR'],
    deliveryDays: { min: 3, max: 8 },
    // The method ships pallets, so it is offered only for orders of at least 400.00 EUR.
    rates: [{ fromOrderValue: price('400.00', '448.00'), price: price('69.00', '77.00') }],
  },
];
