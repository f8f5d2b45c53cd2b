import { RequestLoader } from '@souk/kit/graphql';
import type { CatalogUnitOfWork } from '../database.ts';
import { findOffers } from './price-offers.repository.ts';
import type { PriceOffer } from './price-selection.ts';

/** A variant whose prices are requested, and the country of delivery. The country is null when it is unknown. */
export interface OffersKey {
  readonly variantId: string;
  readonly countryCode: string | null;
}

const nameOf = ({ variantId, countryCode }: OffersKey) => `${variantId} ${countryCode}`;

/** Loads the prices at which the caller can buy variants, for every quantity. Runs one statement per country. */
export function offersLoader(unitOfWork: CatalogUnitOfWork): RequestLoader<OffersKey, PriceOffer[]> {
  return new RequestLoader<OffersKey, PriceOffer[]>(async (ctx, keys) => {
    const countries = [...Map.groupBy(keys, ({ countryCode }) => countryCode)];
    const found = await Promise.all(
      countries.map(([countryCode, group]) => {
        const variantIds = group.map(({ variantId }) => variantId);
        return unitOfWork.quickRead(ctx, (tx) => findOffers(tx, variantIds, countryCode));
      }),
    );
    return new Map(
      found.flatMap((offers, index) =>
        [...offers].map(([variantId, each]) => [
          nameOf({ variantId, countryCode: countries[index]?.[0] ?? null }),
          each,
        ]),
      ),
    );
  }, nameOf);
}
