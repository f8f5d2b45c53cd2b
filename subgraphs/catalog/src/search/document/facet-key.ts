/** The facets that every shop has. Each attribute is one more facet. */
export type FacetKind = 'category' | 'price' | 'stock';

const ATTRIBUTE = 'attribute:';

/** A value of a facet as the index stores it: the key of its facet, and the value. */
export interface FacetKey {
  /** `category:`, `price:`, `stock:` or `attribute:<code>:`. Every stored value of the facet begins with it. */
  readonly kind: string;
  readonly value: string;
}

export const kindOf = (kind: FacetKind): string => `${kind}:`;

/** The key of an attribute's facet. Codes contain no colon. */
export const attributeKind = (code: string): string => `${ATTRIBUTE}${code}:`;

/** The code of the attribute whose facet has this key. Null for the other facets. */
export function attributeOf(kind: string): string | null {
  return kind.startsWith(ATTRIBUTE) ? kind.slice(ATTRIBUTE.length, -1) : null;
}

/** Divides a stored value into the key of its facet and the value. */
export function facetKeyOf(stored: string): FacetKey {
  const from = stored.startsWith(ATTRIBUTE) ? ATTRIBUTE.length : 0;
  const end = stored.indexOf(':', from) + 1;
  return { kind: stored.slice(0, end), value: stored.slice(end) };
}
