import { slugFrom } from '../../slug/slug.ts';

/** A new product whose slug was derived from its name. */
export interface NamedProduct {
  readonly slug: string;
  /** The SKU of the first variant, which distinguishes products with the same name. */
  readonly sku: string;
}

/** The length to which a slug is cut before the SKU follows. */
const MOST_CHARACTERS_BEFORE_SKU = 120;

/** The slug with the SKU: `floor-lamp-lamp-2`. */
export function slugWithSku({ slug, sku }: NamedProduct): string {
  return slugFrom(`${slug.slice(0, MOST_CHARACTERS_BEFORE_SKU)} ${sku}`) ?? slug;
}

/**
 * Assigns each product the first free slug of: its own slug, its slug with the SKU, and its slug with a random suffix.
 * @param taken the slugs of stored products, and of products whose slug is in the file
 */
export function distinctSlugs(
  products: readonly NamedProduct[],
  taken: ReadonlySet<string>,
  randomSuffix: () => string,
): readonly string[] {
  const used = new Set(taken);
  return products.map((product) => {
    const slug =
      [product.slug, slugWithSku(product)].find((each) => !used.has(each)) ?? `${product.slug}-${randomSuffix()}`;
    used.add(slug);
    return slug;
  });
}
