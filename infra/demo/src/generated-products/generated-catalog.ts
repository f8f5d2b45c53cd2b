/** The data of a generated product. */
export interface GeneratedProduct {
  readonly slug: string;
  readonly baseSku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly material: string;
  readonly form: string;
  readonly variants: readonly GeneratedVariant[];
}

export interface GeneratedVariant {
  readonly sku: string;
  readonly size: string;
  /** The price in EUR, as a decimal string. */
  readonly priceEur: string;
  readonly onHand: number;
}

const SIZES = ['Small', 'Medium', 'Large'] as const;
const MATERIALS = ['Oak', 'Linen', 'Brass', 'Stoneware', 'Wool', 'Glass', 'Cork', 'Steel'] as const;
const THINGS = ['bowl', 'lamp', 'stool', 'tray', 'vase', 'blanket', 'hook', 'board', 'basket', 'clock'] as const;
/** The number of categories that contain the generated products. */
export const GENERATED_CATEGORIES = 20;

/** The category with this index, counted from 0. */
export function generatedCategory(number: number): { readonly slug: string; readonly name: string } {
  return { slug: `generated-${number + 1}`, name: `Generated ${number + 1}` };
}

/** Generates the products with the numbers 1 to `count`. The same number always generates the same product. */
export function* generatedProducts(count: number): Generator<GeneratedProduct> {
  for (let number = 1; number <= count; number++) yield generatedProduct(number);
}

function generatedProduct(number: number): GeneratedProduct {
  const material = pick(MATERIALS, number);
  const thing = pick(THINGS, Math.floor(number / MATERIALS.length));
  const baseSku = `GEN-${String(number).padStart(7, '0')}`;
  const cents = 500 + ((number * 7919) % 19_500);
  return {
    slug: `generated-${number}`,
    baseSku,
    name: `${material} ${thing} ${number}`,
    description: `A ${thing} of ${material.toLowerCase()}, made to fill a catalog of any size.`,
    category: generatedCategory(number % GENERATED_CATEGORIES).slug,
    material,
    form: thing,
    variants: SIZES.map((size, index) => ({
      sku: `${baseSku}-${size.charAt(0)}`,
      size,
      priceEur: ((cents + index * 250) / 100).toFixed(2),
      // Every seventh product is sold out. The other products have enough stock for a benchmark.
      onHand: number % 7 === 0 ? 0 : 1_000_000,
    })),
  };
}

function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], number: number): Item {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('The list to pick from is empty.');
  return item;
}
