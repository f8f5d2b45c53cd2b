import { StoreCategoryProductsDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { useI18n } from '../i18n/use-i18n.ts';
import { ProductGrid, ProductGridSkeleton } from './product-grid.tsx';

const SHOWN = 4;

export interface RelatedProductsProps {
  readonly categorySlug: string;
  /** The id of the product on the page, which the list leaves out. */
  readonly productId: string;
}

/** Other products of the category. A loading error is not shown, because the page is usable without this section. */
export function RelatedProducts({ categorySlug, productId }: RelatedProductsProps) {
  const { t } = useI18n();
  const { data, isPending } = useOperation(StoreCategoryProductsDocument, { slug: categorySlug, first: SHOWN + 1 });
  const others = (data?.category?.products.nodes ?? []).filter(({ id }) => id !== productId).slice(0, SHOWN);
  if (!isPending && others.length === 0) return null;
  return (
    <section className="mt-16 border-t pt-10">
      <h2 className="mb-6 font-serif text-22">{t('product.related')}</h2>
      {isPending ? <ProductGridSkeleton count={SHOWN} /> : <ProductGrid products={others} heading="h3" />}
    </section>
  );
}
