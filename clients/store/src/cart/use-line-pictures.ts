import { StoreLinePicturesDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';

/** The picture of a variant, and the slug of its product. */
export interface LinePicture {
  readonly url: string | null;
  readonly slug: string;
}

/** Reads the pictures of ordered variants. The map's keys are SKUs. */
export function useLinePictures(skus: readonly string[]): ReadonlyMap<string, LinePicture> {
  const sorted = skus.toSorted();
  const { data } = useOperation(
    StoreLinePicturesDocument,
    { skus: sorted },
    { enabled: sorted.length > 0, keepPrevious: true },
  );
  return new Map(
    (data?.products?.nodes ?? []).flatMap(({ slug, media, variants }) =>
      (variants?.nodes ?? []).map(({ sku }) => [sku, { slug, url: media[0]?.url ?? null }] as const),
    ),
  );
}
