import type { DemoGift, DemoPromotion } from './demo.types.ts';

/** The promotions of the demo shop. Each has a code, because a promotion without a code would apply to every cart. */
export const demoPromotions: readonly DemoPromotion[] = [
  {
    name: 'Welcome: 10 % off',
    code: 'WELCOME10',
    action: { type: 'PERCENTAGE', percent: '10' },
    usageLimitPerBuyer: 1,
  },
  {
    name: '15 off an order of 100 or more',
    code: 'FIFTEEN',
    minSubtotals: [
      { currencyCode: 'EUR', amount: '100.00' },
      { currencyCode: 'USD', amount: '100.00' },
    ],
    action: {
      type: 'AMOUNT',
      amounts: [
        { currencyCode: 'EUR', amount: '15.00' },
        { currencyCode: 'USD', amount: '15.00' },
      ],
    },
  },
  { name: 'Three for two', code: '3FOR2', combinable: false, action: { type: 'BUY_X_GET_Y', buy: 2, get: 1 } },
  {
    name: 'First order: 15 % off',
    code: 'FIRST15',
    combinable: false,
    firstOrderOnly: true,
    action: { type: 'PERCENTAGE', percent: '15' },
  },
  { name: 'Free shipping', code: 'FREESHIP', priority: 10, action: { type: 'FREE_SHIPPING' } },
];

/** Gifts of the demo shop, each with a code like the other promotions. */
export const demoGifts: readonly DemoGift[] = [
  {
    name: 'Dinner candles with an order of 80 or more',
    code: 'CANDLES',
    minSubtotals: [
      { currencyCode: 'EUR', amount: '80.00' },
      { currencyCode: 'USD', amount: '80.00' },
    ],
    sku: 'CAND-DINN',
  },
];

export const acmePromotions: readonly DemoPromotion[] = [
  { name: 'Trade fair: 5 % off', code: 'FAIR5', action: { type: 'PERCENTAGE', percent: '5' }, usageLimit: 500 },
];
