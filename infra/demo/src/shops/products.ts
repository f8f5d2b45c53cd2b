import { barcodeFor } from './barcodes.ts';
import { brandOf, originCountryOf, type DemoBrand } from './brands.ts';
import type { Design, Shelf } from './content/shelf.ts';
import { german } from './content/german.ts';
import { COLOURS, priceFactor, skuCode } from './content/option-values.ts';
import type { DemoOptionValue, DemoPrice, DemoProduct, DemoVariant } from './demo.types.ts';
import { seededRandom } from './seeded-random.ts';

const USD_PER_EUR = 112;
const DAYS_BETWEEN = 3;

/**
 * Returns the products of these shelves, newest first. They are shuffled, so the first page shows products of all
 * categories.
 */
export function productsOf(shelves: readonly Shelf[], brands: readonly DemoBrand[]): DemoProduct[] {
  const written = shelves.flatMap((shelf) => shelf.designs.map((design) => ({ shelf, design })));
  return written
    .map((entry) => ({ ...entry, place: seededRandom(`place of ${entry.design.sku}`)() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ shelf, design }, index) => product(shelf, design, { publishedDaysAgo: 2 + index * DAYS_BETWEEN, brands }));
}

function product(
  shelf: Shelf,
  design: Design,
  { publishedDaysAgo, brands }: { readonly publishedDaysAgo: number; readonly brands: readonly DemoBrand[] },
): DemoProduct {
  const options = Object.entries(design.options ?? {}).map(([name, values]) => ({ name, values }));
  const translation = german[design.sku];
  return {
    slug: slugOf(design.name),
    baseSku: design.sku,
    name: design.name,
    description: design.text,
    categorySlug: shelf.category,
    brandSlug: brandOf(shelf.category, brands),
    tags: tagsOf(design),
    originCountry: originCountryOf(design.origin),
    attributes: {
      material: design.material,
      origin: design.origin,
      care: design.care ?? shelf.care,
      ...(design.tasting === undefined ? {} : { tasting: design.tasting }),
    },
    options,
    variants: combinations(options).map((values) => variant(design, values)),
    translations: translation ? { de: { name: translation[0], description: translation[1] } } : {},
    picture: { shape: design.shape ?? shelf.shape, colour: pictureColour(design) },
    publishedDaysAgo,
  };
}

const GIFT_EUR = { min: 15, max: 45 };

function tagsOf({ price, care }: Design): string[] {
  const isGift = Number(price) >= GIFT_EUR.min && Number(price) <= GIFT_EUR.max;
  return [...(isGift ? ['gift'] : []), ...(care?.toLowerCase().includes('hand') ? ['delicate'] : [])];
}

function variant(design: Design, options: readonly DemoOptionValue[]): DemoVariant {
  const sku = [design.sku, ...options.map(({ value }) => skuCode(value))].join('-');
  return {
    sku,
    barcode: barcodeFor(sku),
    name: options.map(({ value }) => value).join(' / ') || design.name,
    options,
    prices: priceOf(design, options),
  };
}

/** Lists every combination of option values. The value of the first option changes slowest. */
function combinations(options: DemoProduct['options']): DemoOptionValue[][] {
  return options.reduce<DemoOptionValue[][]>(
    (sofar, { name, values }) => sofar.flatMap((chosen) => values.map((value) => [...chosen, { name, value }])),
    [[]],
  );
}

function priceOf(design: Design, options: readonly DemoOptionValue[]): DemoPrice {
  const cents = options.reduce(
    (price, { name, value }) => (price * priceFactor(value)) / priceFactor(design.options?.[name]?.[0] ?? value),
    Math.round(Number(design.price) * 100),
  );
  return { EUR: decimal(round(cents)), USD: decimal(round((cents * USD_PER_EUR) / 100)) };
}

/** Rounds a price: to 10 cents below 20.00, to 50 cents below 60.00, and otherwise to full euros. */
function round(cents: number): number {
  const step = cents < 2_000 ? 10 : cents < 6_000 ? 50 : 100;
  return Math.round(cents / step) * step;
}

function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

function pictureColour({ colour, options = {}, name }: Design): string {
  const chosen = colour ?? (options['Colour'] ?? options['Finish'])?.[0] ?? '';
  const hex = COLOURS[chosen]?.hex;
  if (hex === undefined)
    throw new Error(`${name} has no colour for its picture. Add one to its design, or to COLOURS in option-values.ts.`);
  return hex;
}

/** Converts a name to a slug: `Chef’s knife` becomes `chefs-knife`. */
function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f’]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
