import type { DemoOrder, DemoProduct, DemoReview } from './demo.types.ts';

type Row = readonly [
  author: string,
  /** The start of the SKUs of the product. */
  baseSku: string,
  daysAgo: number,
  rating: number,
  title: string,
  body: string,
];

const PUBLISHED: readonly Row[] = [
  [
    'hamburg',
    'BEDS-LINE',
    3,
    5,
    'Softer with each wash',
    'The linen is heavy enough for autumn. After three washes it feels like old bedding, which is what I wanted.',
  ],
  [
    'leipzig',
    'BEDS-LINE',
    21,
    4,
    'Good, but it creases',
    'Fine fabric and neat seams. Iron it damp, or live with the creases.',
  ],
  ['wien', 'BEDS-LINE', 40, 5, 'Cool in summer', 'We bought a second set.'],
  [
    'zurich',
    'COFF-HUIL',
    5,
    5,
    'Chocolate and orange',
    'It tastes as the label says, and the roast date was four days old.',
  ],
  [
    'leipzig',
    'NOTE-THRE',
    9,
    4,
    'The paper takes ink well',
    'No bleeding with a broad nib. The cover could be stiffer.',
  ],
  ['berlin', 'PLNT-ROLL', 30, 3, 'Nice pot, stiff wheels', 'The glaze is even. The wheels need a push on carpet.'],
  [
    'bristol',
    'COFF-KIRI',
    25,
    5,
    'The best filter coffee this year',
    'Bright and clean, with blackcurrant when it cools.',
  ],
  ['bristol', 'COFF-SIDA', 24, 4, 'Floral and light', 'I prefer it a little finer than the bag suggests.'],
  [
    'wien',
    'CUP-RIBB',
    12,
    2,
    'One arrived chipped',
    'Three of four are lovely. The shop refunded the fourth without a discussion.',
  ],
  [
    'hamburg',
    'MUG-TIDE',
    6,
    5,
    'Holds the warmth',
    'The handle fits three fingers, and the glaze is different on every mug.',
  ],
  ['berlin', 'MUG-TIDE', 14, 5, 'Back for two more', 'They stack, and they survive the dishwasher.'],
  ['utrecht', 'MUG-TIDE', 33, 4, 'Smaller than I thought', 'A beautiful mug for a flat white, too small for tea.'],
];

const WAITING: readonly Row[] = [
  ['nantes', 'MUG-TIDE', 1, 3, 'A little heavy', 'The colour is right. I expected a lighter mug.'],
];

const REPLIES: Readonly<Record<string, string>> = {
  'One arrived chipped': 'We are sorry about the chip. We have added a second layer of paper to the parcels of cups.',
  'Nice pot, stiff wheels': 'A drop of oil on each axle helps. Write to us, and we send new wheels.',
};

/** The reviews of the tenant demo. A purchase is verified when a delivered demo order of the author has the product. */
export function demoReviews(products: readonly DemoProduct[], orders: readonly DemoOrder[]): readonly DemoReview[] {
  const read =
    (status: DemoReview['status']) =>
    ([author, baseSku, daysAgo, rating, title, body]: Row): DemoReview[] => {
      const product = products.find((each) => each.baseSku.startsWith(baseSku));
      if (!product)
        throw new Error(`No product of the demo has the SKU "${baseSku}". Correct infra/demo/src/shops/reviews.ts.`);
      const email = `buyer-${author}@example.test`;
      const skus = new Set(product.variants.map(({ sku }) => sku));
      const verifiedPurchase = orders.some(
        (order) =>
          order.email === email && DELIVERED.has(order.outcome) && order.lines.some(({ sku }) => skus.has(sku)),
      );
      const displayName = `${author.charAt(0).toUpperCase()}${author.slice(1)} buyer`;
      const review = { productSlug: product.slug, email, displayName, rating, title, body, status, daysAgo };
      return [{ ...review, verifiedPurchase, reply: REPLIES[title] ?? null }];
    };
  return [...PUBLISHED.flatMap(read('PUBLISHED')), ...WAITING.flatMap(read('PENDING'))];
}

const DELIVERED: ReadonlySet<DemoOrder['outcome']> = new Set([
  'partially delivered',
  'completed',
  'partially refunded',
]);
