/** The facets of every shop: properties by which shoppers filter a search. Each attribute of the shop is another facet. */
export type FacetKind = 'category' | 'brand' | 'price' | 'stock' | 'tag';

const ATTRIBUTE = 'attribute:';

/** A value of a facet in the search index. It is stored as one text: `kind` followed by `value`. */
export interface FacetKey {
  /** The key of the facet: `category:`, `brand:`, `price:`, `stock:`, `tag:` or `attribute:<code>:`. */
  readonly kind: string;
  readonly value: string;
}

export const kindOf = (kind: FacetKind): string => `${kind}:`;

/** The `kind` of an attribute's facet. An attribute code never contains a colon. */
export const attributeKind = (code: string): string => `${ATTRIBUTE}${code}:`;

/** The attribute code in the `kind` of a facet. Null when the facet is not an attribute. */
export function attributeOf(kind: string): string | null {
  return kind.startsWith(ATTRIBUTE) ? kind.slice(ATTRIBUTE.length, -1) : null;
}

/** Splits a stored facet value into `kind` and `value`. */
export function facetKeyOf(stored: string): FacetKey {
  const from = stored.startsWith(ATTRIBUTE) ? ATTRIBUTE.length : 0;
  const end = stored.indexOf(':', from) + 1;
  return { kind: stored.slice(0, end), value: stored.slice(end) };
}
