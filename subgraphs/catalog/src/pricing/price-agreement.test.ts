import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { moneyFromDecimal } from '@souk/kit/domain';
import { testActors } from '@souk/kit/testing';
import fc from 'fast-check';
import { PriceLines } from '../contract.ts';
import type { ImportedPriceList } from '../index.ts';
import { amountMinorOf, shownAmount } from './price.ts';
import { appliesTo, byPriority, type Buyer, type PriceOffer } from './price-selection.ts';
import { shirt, startTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => void (catalog = await startTestCatalog()));
afterAll(() => catalog.close());

const SKUS = ['SHIRT-S', 'SHIRT-M'] as const;
const OWN: Readonly<Record<(typeof SKUS)[number], string>> = { 'SHIRT-S': '19.90', 'SHIRT-M': '21.90' };
const GROUPS = [randomUUID(), randomUUID()];
const COMPANIES = [randomUUID(), randomUUID()];
const CHANNELS = ['web', 'wholesale'];
const YEAR = 365 * 24 * 3600_000;

const cents = fc.integer({ min: 1, max: 3000 }).map((amount) => (amount / 100).toFixed(2));
const price = fc.record({ sku: fc.constantFrom(...SKUS), fromQuantity: fc.constantFrom(1, 5, 20), unitPrice: cents });
const lists = fc.array(
  fc.record({
    currency: fc.constantFrom('EUR', 'USD'),
    groupIds: fc.subarray(GROUPS),
    companyIds: fc.subarray(COMPANIES),
    channels: fc.subarray(CHANNELS),
    countryCodes: fc.subarray(['DE', 'FR']),
    startsAt: fc.option(fc.constantFrom(-YEAR, YEAR).map((ms) => new Date(Date.now() + ms))),
    endsAt: fc.option(fc.constantFrom(2 * YEAR).map((ms) => new Date(Date.now() + ms))),
    priority: fc.integer({ min: -1, max: 1 }),
    active: fc.boolean(),
    prices: fc.uniqueArray(price, { selector: ({ sku, fromQuantity }) => `${sku} ${fromQuantity}`, maxLength: 5 }),
  }),
  { maxLength: 6 },
);

interface ShownVariant {
  readonly id: string;
  readonly sku: string;
  readonly price: { readonly amount: string };
  readonly ten: { readonly amount: string };
  readonly priceTiers: readonly { readonly fromQuantity: number; readonly price: { readonly amount: string } }[];
}

const LIST = `query ($countryCode: CountryCode) { products(first: 1) { nodes {
  priceRange { min { amount } max { amount } }
  listed: variants(first: 10) { nodes { price { amount } } }
  variants(first: 10) { nodes { id sku price { amount }
    ten: price(quantity: 10, countryCode: $countryCode) { amount }
    priceTiers(countryCode: $countryCode) { fromQuantity price { amount } } } } } } }`;

/** The price that `byPriority` selects from all prices of the shop, without SQL. */
function expected(
  given: readonly ImportedPriceList[],
  sku: (typeof SKUS)[number],
  buyer: Buyer,
  quantity: number,
): string {
  const own: PriceOffer = {
    currency: 'EUR',
    unitPrice: OWN[sku],
    compareAtPrice: null,
    includesTax: null,
    fromQuantity: 1,
    rank: null,
  };
  const now = new Date();
  const listed = given.flatMap(({ prices, currency, startsAt, endsAt, priority, active, ...conditions }) => {
    const list = {
      groupIds: conditions.groupIds ?? [],
      companyIds: conditions.companyIds ?? [],
      channelIds: conditions.channelIds ?? [],
      countryCodes: conditions.countryCodes ?? [],
      startsAt: startsAt ?? null,
      endsAt: endsAt ?? null,
      active: active ?? true,
      priority: priority ?? 0,
      createdAt: now,
    };
    if (currency !== 'EUR' || !appliesTo(list, buyer, now)) return [];
    const rank = byPriority.rankOf(list);
    return prices.flatMap((each) => (each.sku === sku ? [{ ...own, ...each, rank, compareAtPrice: null }] : []));
  });
  return shownAmount(byPriority.select([own, ...listed], quantity)?.unitPrice ?? '', 'EUR');
}

test('lists, details, tiers and the prices of cart lines are what the selection decides over all prices', async () => {
  const property = fc.asyncProperty(
    lists,
    fc.subarray(GROUPS),
    fc.option(fc.constantFrom(...COMPANIES)),
    fc.constantFrom(...CHANNELS, null),
    fc.constantFrom('DE', 'FR', null),
    async (drafts, groups, companyId, channel, countryCode) => {
      const { system, stranger } = testActors([]);
      const ids = await catalog.services.importChannels(
        system,
        CHANNELS.map((code) => ({ code, name: code })),
      );
      const channelId = ids.get(channel ?? '') ?? null;
      await catalog.services.importProducts(system, [shirt()]);
      const given = drafts.map(({ channels, ...draft }, index) => ({
        ...draft,
        channelIds: channels.flatMap((code) => ids.get(code) ?? []),
        code: `list-${index}`,
        name: `List ${index}`,
      }));
      await catalog.services.importPriceLists(system, given);
      const buyer: RequestContext = {
        ...stranger,
        ...(channelId !== null && { channelId }),
        actor: {
          ...stranger.actor,
          groups,
          ...(companyId !== null && { company: { id: companyId, vatId: null } }),
        } as RequestContext['actor'],
      };
      const decided = (sku: string, quantity: number, country: string | null) =>
        expected(
          given,
          sku === 'SHIRT-S' ? sku : 'SHIRT-M',
          { groupIds: groups, companyId, channelId, countryCode: country },
          quantity,
        );

      const { products } = await catalog.query<{
        products: {
          nodes: { priceRange: Record<'min' | 'max', { amount: string }>; variants: { nodes: ShownVariant[] } }[];
        };
      }>(buyer, LIST, { countryCode });
      const [product] = products.nodes;
      const shown = product?.variants.nodes ?? [];
      expect(shown).toHaveLength(2);
      for (const { sku, price: one, ten, priceTiers } of shown) {
        expect(one.amount).toBe(decided(sku, 1, null));
        expect(ten.amount).toBe(decided(sku, 10, countryCode));
        for (const quantity of [1, 4, 5, 19, 20])
          expect(priceTiers.findLast(({ fromQuantity }) => fromQuantity <= quantity)?.price.amount).toBe(
            decided(sku, quantity, countryCode),
          );
      }
      const amounts = shown.map(({ price: { amount } }) => amountMinorOf({ amount, currency: 'EUR' }));
      expect(product?.priceRange.min.amount).toBe(shownMinor(Math.min(...amounts)));
      expect(product?.priceRange.max.amount).toBe(shownMinor(Math.max(...amounts)));

      const variantIds = shown.map(({ id }) => id);
      const charged = await catalog.commands.send(buyer, PriceLines, {
        currency: 'EUR',
        locale: 'en',
        variantIds,
        countryCode,
      });
      if (!charged.ok) throw new Error(charged.error.code);
      for (const { sku, unitPrice, tiers = [] } of charged.value.lines)
        for (const quantity of [1, 4, 5, 19, 20]) {
          const tier = tiers.findLast(({ fromQuantity }) => fromQuantity <= quantity);
          expect(tier?.unitPrice ?? unitPrice).toBe(decided(sku, quantity, countryCode));
        }
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 120_000);

const shownMinor = (minor: number) => {
  const text = (minor / 100).toFixed(2);
  expect(moneyFromDecimal(text, 'EUR').amountMinor).toBe(minor);
  return text;
};
