import { canonicalText, comparedText, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { isCountryCode } from './country-code.ts';

/** The details of a product for search, search engines and customs. */
export interface ProductDetails {
  /** Words by which staff group products. Two tags differ by more than letter case. */
  readonly tags: readonly string[];
  /** The title for search engines. Null: the name. */
  readonly seoTitle: string | null;
  /** The description for search engines. Null: the description. */
  readonly seoDescription: string | null;
  /** The code of the Harmonized System: 6 to 12 digits. */
  readonly hsCode: string | null;
  /** The country in which the product was made (ISO 3166-1 alpha-2). */
  readonly originCountry: string | null;
}

/** Details as staff or an import enter them. A missing detail keeps its value, and null clears it. */
export type DetailsDraft = { readonly [Detail in keyof ProductDetails]?: ProductDetails[Detail] | null | undefined };

export const NO_DETAILS: ProductDetails = {
  tags: [],
  seoTitle: null,
  seoDescription: null,
  hsCode: null,
  originCountry: null,
};

const MAX_TAGS = 50;
const MAX_TAG = 100;
const HS_CODE = /^\d{6,12}$/;

/**
 * Checks details, and converts them to their stored form: HS codes without points and spaces, country codes in capital letters.
 * @returns the given details. Missing details stay missing
 */
export function checkDetails({
  tags,
  seoTitle,
  seoDescription,
  hsCode: code,
  originCountry: country,
}: DetailsDraft): Result<Partial<ProductDetails>, Failure<'INVALID_INPUT'>> {
  const distinct = tagsOf(tags ?? []);
  if (!distinct.ok) return distinct;
  const hsCode = code?.replaceAll(/[\s.]/g, '');
  if (hsCode && !HS_CODE.test(hsCode)) return invalid('An HS code has 6 to 12 digits, such as 6109.10', ['hsCode']);
  const originCountry = country?.toUpperCase();
  if (originCountry && !isCountryCode(originCountry))
    return invalid('Write the country of origin as its code by ISO 3166-1, such as DE', ['originCountry']);
  return ok({
    ...(tags !== undefined && { tags: distinct.value }),
    ...(seoTitle !== undefined && { seoTitle: seoTitle || null }),
    ...(seoDescription !== undefined && { seoDescription: seoDescription || null }),
    ...(code !== undefined && { hsCode: hsCode || null }),
    ...(country !== undefined && { originCountry: originCountry || null }),
  });
}

function tagsOf(given: readonly string[]): Result<readonly string[], Failure<'INVALID_INPUT'>> {
  const tags = new Map<string, string>();
  for (const [index, text] of given.entries()) {
    const tag = canonicalText(text);
    if (tag === null || tag.length > MAX_TAG)
      return invalid(`A tag has 1 to ${MAX_TAG} visible characters`, ['tags', `${index}`]);
    if (!tags.has(comparedText(tag))) tags.set(comparedText(tag), tag);
  }
  return tags.size > MAX_TAGS ? invalid(`A product has at most ${MAX_TAGS} tags`, ['tags']) : ok([...tags.values()]);
}

function invalid(message: string, field: readonly string[]) {
  return err(failure('INVALID_INPUT', message, field));
}
