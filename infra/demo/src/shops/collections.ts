import type { DemoCollection, DemoProduct } from './demo.types.ts';

const NEW_ARRIVALS = 16;
const GIFTS = 30;
const GIFT_LIMIT_EUR = 25;

/** Hand-picked collections. Their products are listed by base SKU. */
const CURATED = [
  {
    slug: 'slow-mornings',
    name: 'Slow mornings',
    description: 'Coffee, something to drink it from, and a reason to stay at the table.',
    skus: 'MUG-TIDE CUP-MORN CUP-RIBB COFF-YIRG COFF-BREA BREW-DRIP BREW-MILL BREW-LATT BORD-BREA PRES-APRI PRES-ORAN LINN-NAPK BOWL-BRKF JUGS-CREA',
  },
  {
    slug: 'long-evenings-outside',
    name: 'Long evenings outside',
    description: 'Light, blankets and a jug of water: what keeps guests in the garden until midnight.',
    skus: 'LANT-COUR LANT-STOR LANT-ROPE LAMP-TERR CAND-CITR THRW-PICN JUGS-CARA BOWL-OLIV BAGS-PALM OILS-EARL BLND-ZAAT THRW-WAFF',
  },
  {
    slug: 'winter-warmers',
    name: 'Winter warmers',
    description: 'Wool, wax, spice and a heavy pot, for the months with an r in them.',
    skus: 'THRW-HERR THRW-ALPA BEDS-CHER POTS-STEW TEAS-CHAI TEAS-LAPS BLND-GING CAND-SMOK CAND-DINN LAMP-PEBB RUGS-ATLA CUSH-FLOO PRES-CHES',
  },
] as const;

/** The collections of the tenant demo. @param products the products, newest first */
export function demoCollections(products: readonly DemoProduct[]): DemoCollection[] {
  const slugOf = new Map(products.map(({ baseSku, slug }) => [baseSku, slug]));
  return [
    {
      slug: 'new-arrivals',
      name: 'New arrivals',
      description: 'Unpacked this month.',
      productSlugs: products.slice(0, NEW_ARRIVALS).map(({ slug }) => slug),
    },
    {
      slug: 'gifts-under-25',
      name: 'Gifts under 25',
      description: 'Small things that look like more, all of them under 25 euros.',
      productSlugs: products
        .filter(isGift)
        .slice(0, GIFTS)
        .map(({ slug }) => slug),
    },
    ...CURATED.map(({ skus, ...collection }) => ({
      ...collection,
      productSlugs: skus.split(' ').flatMap((sku) => slugOf.get(sku) ?? []),
    })),
  ];
}

function isGift({ variants }: DemoProduct): boolean {
  return variants.every(({ prices }) => Number(prices.EUR) < GIFT_LIMIT_EUR);
}
