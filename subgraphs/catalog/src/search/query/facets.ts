import type { CurrencyCode } from '@souk/kit/domain';
import { attributeOf, facetKeyOf, kindOf } from '../document/facet-key.ts';
import { priceBands, type PriceBand } from '../document/price-band.ts';
import type { FacetCount, WantedPrice, WantedValues } from '../search-engine.ts';

/** The maximum numbers of facets in a response, and of values per facet. */
const MAX_FACETS = 20;
const MAX_VALUES = 50;

/** A value of a facet, with the number of products that a search with this value would find. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
  readonly isSelected: boolean;
  /** The price band. Null for values of other facets. */
  readonly band: PriceBand | null;
}

/** A property by which shoppers can filter the found products. */
export interface Facet {
  /** The key of the facet, such as `price:` or `attribute:color:`. */
  readonly kind: string;
  /** The attribute code. Null when the facet is not an attribute. */
  readonly attribute: string | null;
  readonly values: readonly FacetValue[];
}

/** These facets are listed before attributes. */
const FIRST = [kindOf('category'), kindOf('brand'), kindOf('price'), kindOf('stock'), kindOf('tag')];

/**
 * The facets of a search. Values are sorted by their number of products, and price bands by price. A facet is left out if it has only one
 * value, every found product has that value, and the value is not selected.
 */
export function facetsOf(
  counts: readonly FacetCount[],
  wanted: readonly (WantedValues | WantedPrice)[],
  currency: CurrencyCode,
  total: number,
): Facet[] {
  const keyed = counts.map(({ stored, count }) => ({ ...facetKeyOf(stored), stored, count }));
  const facets = [...Map.groupBy(keyed, ({ kind }) => kind)].map(([kind, found]): Facet => {
    const values = found.map(({ stored, value, count }): FacetValue => {
      const band = kind === kindOf('price') ? bandFrom(Number(value), currency) : null;
      return { value, count, isSelected: isWanted(wanted, kind, stored, band), band };
    });
    return { kind, attribute: attributeOf(kind), values: sorted(values).slice(0, MAX_VALUES) };
  });
  return facets
    .filter(({ values }) => values.length > 1 || values.some(({ isSelected, count }) => isSelected || count < total))
    .toSorted((one, other) => rank(one) - rank(other) || one.kind.localeCompare(other.kind, 'en'))
    .slice(0, MAX_FACETS);
}

function bandFrom(minMinor: number, currency: CurrencyCode): PriceBand {
  return priceBands(currency).find((band) => band.minMinor === minMinor) ?? { minMinor, maxMinor: null };
}

function isWanted(
  wanted: readonly (WantedValues | WantedPrice)[],
  kind: string,
  stored: string,
  band: PriceBand | null,
): boolean {
  return wanted.some((each) => {
    if (each.kind !== kind) return false;
    if ('values' in each) return each.values.includes(stored);
    return band !== null && each.min === band.minMinor && each.max === (band.maxMinor ?? Number.MAX_SAFE_INTEGER);
  });
}

function sorted(values: readonly FacetValue[]): FacetValue[] {
  return values.toSorted((one, other) =>
    one.band && other.band
      ? one.band.minMinor - other.band.minMinor
      : other.count - one.count || one.value.localeCompare(other.value, 'en'),
  );
}

function rank({ kind }: Facet): number {
  const place = FIRST.indexOf(kind);
  return place === -1 ? FIRST.length : place;
}
