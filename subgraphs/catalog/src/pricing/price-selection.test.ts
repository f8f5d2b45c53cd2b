import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appliesTo, byPriority, priceSteps, type PriceOffer, type RankedList } from './price-selection.ts';

const offer = (unitPrice: string, values: Partial<PriceOffer> = {}): PriceOffer => ({
  currency: 'EUR',
  unitPrice,
  compareAtPrice: null,
  includesTax: null,
  fromQuantity: 1,
  rank: null,
  ...values,
});
const list = (values: Partial<RankedList> = {}): RankedList => ({
  priority: 0,
  groupIds: [],
  companyIds: [],
  channelIds: [],
  countryCodes: [],
  createdAt: new Date('2030-01-01'),
  ...values,
});
const selected = (offers: readonly PriceOffer[], quantity = 1) =>
  byPriority.select(offers, quantity)?.unitPrice ?? null;

test('a list decides over the own price of the variant, also when its price is higher', () => {
  expect(selected([offer('10'), offer('12', { rank: 1 })])).toBe('12');
});

test('the tier with the highest quantity that the line reaches counts', () => {
  const offers = [
    offer('10', { rank: 1 }),
    offer('9', { rank: 1, fromQuantity: 10 }),
    offer('8', { rank: 1, fromQuantity: 50 }),
  ];
  expect([1, 9, 10, 49, 50].map((quantity) => selected(offers, quantity))).toEqual(['10', '10', '9', '9', '8']);
});

test('a list without a price for the quantity is passed over', () => {
  const offers = [offer('10'), offer('8', { rank: 2, fromQuantity: 10 }), offer('9', { rank: 1 })];
  expect([selected(offers, 1), selected(offers, 10)]).toEqual(['9', '8']);
});

test('without an offer for the quantity there is no price', () => {
  expect(selected([offer('8', { rank: 1, fromQuantity: 10 })], 9)).toBeNull();
});

test('priority comes first, then groups, then countries or channels, then the newer list', () => {
  const lists = [
    list({ priority: 1 }),
    list({ groupIds: ['g'], countryCodes: ['DE'] }),
    list({ companyIds: ['c'], createdAt: new Date('2030-01-02') }),
    list({ groupIds: ['g'] }),
    list({ countryCodes: ['DE'], createdAt: new Date('2030-01-03') }),
    list({ channelIds: ['web'] }),
    list({ createdAt: new Date('2030-01-02') }),
    list(),
    list({ priority: -1, groupIds: ['g'] }),
  ];
  const ranks = lists.map((each) => byPriority.rankOf(each));
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  expect(new Set(ranks).size).toBe(lists.length);
});

test('ranks are safe integers for every priority until the year 4000', () => {
  const priority = fc.integer({ min: -10_000, max: 10_000 });
  const createdAt = fc.date({ min: new Date(0), max: new Date('4000-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(priority, createdAt, (given, at) => {
      const rank = byPriority.rankOf(list({ priority: given, createdAt: at, groupIds: ['g'], countryCodes: ['DE'] }));
      expect(Number.isSafeInteger(rank) && rank >= 0).toBe(true);
    }),
  );
});

const NOW = new Date('2030-06-01T12:00:00Z');
const ANYONE = { groupIds: [], companyId: null, channelId: null, countryCode: null };
const places = { channelIds: [], countryCodes: [] };
const conditions = { active: true, groupIds: [], companyIds: [], ...places, startsAt: null, endsAt: null };
test.each([
  [true, conditions, ANYONE],
  [false, { ...conditions, active: false }, ANYONE],
  [true, { ...conditions, startsAt: NOW }, ANYONE],
  [false, { ...conditions, startsAt: new Date(NOW.getTime() + 1) }, ANYONE],
  [false, { ...conditions, endsAt: NOW }, ANYONE],
  [true, { ...conditions, endsAt: new Date(NOW.getTime() + 1) }, ANYONE],
  [false, { ...conditions, groupIds: ['a', 'b'] }, ANYONE],
  [true, { ...conditions, groupIds: ['a', 'b'] }, { ...ANYONE, groupIds: ['b'] }],
  [false, { ...conditions, companyIds: ['a', 'b'] }, ANYONE],
  [false, { ...conditions, companyIds: ['a'] }, { ...ANYONE, companyId: 'b' }],
  [true, { ...conditions, companyIds: ['a', 'b'] }, { ...ANYONE, companyId: 'b' }],
  [false, { ...conditions, groupIds: ['a'], companyIds: ['b'] }, { ...ANYONE, companyId: 'b' }],
  [false, { ...conditions, channelIds: ['a'] }, ANYONE],
  [false, { ...conditions, channelIds: ['a'] }, { ...ANYONE, channelId: 'b' }],
  [true, { ...conditions, channelIds: ['a', 'b'] }, { ...ANYONE, channelId: 'b' }],
  [false, { ...conditions, countryCodes: ['DE'] }, ANYONE],
  [false, { ...conditions, countryCodes: ['DE'] }, { ...ANYONE, countryCode: 'FR' }],
  [true, { ...conditions, countryCodes: ['DE', 'FR'] }, { ...ANYONE, countryCode: 'FR' }],
])('applies %s: %j to %j', (applies, given, buyer) => {
  expect(appliesTo(given, buyer, NOW)).toBe(applies);
});

const offers = fc.array(
  fc.record({
    currency: fc.constant('EUR'),
    unitPrice: fc.integer({ min: 0, max: 20 }).map((cents) => (cents / 100).toFixed(6)),
    includesTax: fc.option(fc.boolean()),
    compareAtPrice: fc.option(fc.constantFrom('1.000000', '2.000000')),
    fromQuantity: fc.constantFrom(1, 2, 10, 100),
    rank: fc.option(fc.integer({ min: 0, max: 3 })),
  }),
  { maxLength: 12 },
);
const quantity = fc.integer({ min: 1, max: 200 });

test('the order of the offers decides nothing', () => {
  const shuffled = offers.chain((given) =>
    fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
  );
  fc.assert(
    fc.property(shuffled, quantity, ([given, mixed], units) => {
      expect(byPriority.select(mixed, units)).toEqual(byPriority.select(given, units));
      expect(priceSteps(byPriority, mixed)).toEqual(priceSteps(byPriority, given));
    }),
  );
});

test('the steps give the selected price of every quantity, and neighbouring steps differ', () => {
  fc.assert(
    fc.property(offers, quantity, (given, units) => {
      const steps = priceSteps(byPriority, given);
      const step = steps.findLast(({ fromQuantity }) => fromQuantity <= units)?.offer ?? null;
      const priceOf = (offer: PriceOffer | null) => offer && [offer.unitPrice, offer.compareAtPrice, offer.includesTax];
      expect(priceOf(step)).toEqual(priceOf(byPriority.select(given, units)));
      const shown = steps.map(({ offer }) => String(priceOf(offer)));
      expect(shown.every((each, index) => each !== shown[index + 1])).toBe(true);
    }),
  );
});
