import { ManagedProductListDocument, type ManagedProductListQuery } from '@souk/sdk';
import { Button, classNames, EmptyState, NUMERIC, Picture, StatusPill, Table, Td, Th } from '@souk/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { Link, useLocation, useSearch } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { toneOf } from '../page/tones.ts';
import { ORIGINAL_TEXTS } from './save-product.ts';
import { ProductFilterBar } from './product-filter-bar.tsx';
import { productListInput, readProductFilters, writeProductFilters, type ProductFilters } from './product-filters.ts';

type ListedProduct = NonNullable<ManagedProductListQuery['products']>['nodes'][number];

const PAGE_SIZE = 50;

export function ProductsPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const filters = readProductFilters(useSearch());
  const found = useProducts(filters);
  const products = found.data?.pages.flatMap((page) => page.products?.nodes ?? []) ?? [];
  const total = found.data?.pages[0]?.products?.totalCount ?? null;
  const change = (changes: Partial<ProductFilters>) => {
    const query = writeProductFilters({ ...filters, ...changes });
    go(query === '' ? '/products' : `/products?${query}`, { replace: true });
  };
  return (
    <Page
      title={t('products.title')}
      beside={total !== null && <span className="text-14 text-ink-3">{t('products.count', { count: total })}</span>}
      actions={
        <Button kind="primary" asChild>
          <Link href="/products/new">{t('newProduct.title')}</Link>
        </Button>
      }
    >
      <ProductFilterBar filters={filters} onChange={change} />
      {found.isPending && <RowSkeletons />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && products.length === 0 && (
        <EmptyState
          icon={<Package aria-hidden className="size-8" strokeWidth={1.5} />}
          title={t('products.empty.title')}
          text={t('orders.empty.text')}
          action={<Button onClick={() => go('/products')}>{t('orders.empty.action')}</Button>}
        />
      )}
      {products.length > 0 && <ProductTable products={products} />}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </Page>
  );
}

function useProducts(filters: ProductFilters) {
  return useInfiniteQuery({
    queryKey: ['products', filters],
    queryFn: ({ pageParam, signal }) =>
      souk.run(
        ManagedProductListDocument,
        { first: PAGE_SIZE, after: pageParam, ...productListInput(filters) },
        { signal, headers: ORIGINAL_TEXTS },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ products }) => (products?.pageInfo.hasNextPage ? products.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
}

function ProductTable({ products }: { readonly products: readonly ListedProduct[] }) {
  const { t } = useI18n();
  const wide = 'hidden md:table-cell';
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table>
        <thead>
          <tr>
            <Th className="ps-4">{t('products.column.product')}</Th>
            <Th className={wide}>{t('products.column.status')}</Th>
            <Th className={classNames(wide, NUMERIC)}>{t('products.column.variants')}</Th>
            <Th className={classNames(wide, NUMERIC)}>{t('products.column.stock')}</Th>
            <Th className={classNames(NUMERIC, 'pe-4 md:pe-3')}>{t('products.column.price')}</Th>
            <Th className={classNames('hidden pe-4 lg:table-cell', NUMERIC)}>{t('products.column.updated')}</Th>
          </tr>
        </thead>
        <tbody>
          {products.map((product) => (
            <ProductRow key={product.id} product={product} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function ProductRow({ product }: { readonly product: ListedProduct }) {
  const { t, number, date } = useI18n();
  const [picture] = product.media;
  const quantities = product.variants.nodes.map(({ availability }) => availability?.quantity ?? null);
  const available = quantities.every((each) => each !== null) ? quantities.reduce((sum, each) => sum + each, 0) : null;
  return (
    <tr className="relative last:*:border-b-0 hover:bg-hover">
      <Td className="ps-4">
        <div className="flex min-w-0 items-center gap-3">
          <Picture src={picture?.url ?? null} alt="" className="size-10 shrink-0 rounded-control" />
          <div className="min-w-0">
            <Link href={`/products/${product.id}`} className="block font-medium after:absolute after:inset-0">
              {product.name}
            </Link>
            <span className="text-12 text-ink-3">{product.baseSku}</span>
          </div>
        </div>
      </Td>
      <Td className="hidden md:table-cell">
        <StatusPill tone={toneOf(product.status)}>{t(`status.${product.status}`)}</StatusPill>
      </Td>
      <Td className={classNames('hidden md:table-cell', NUMERIC)}>{number(product.variants.nodes.length)}</Td>
      <Td className={classNames('hidden md:table-cell', NUMERIC, available === 0 && 'text-bad')}>
        {available === null ? '–' : number(available)}
      </Td>
      <Td className={classNames(NUMERIC, 'pe-4 md:pe-3')}>
        <PriceText product={product} />
      </Td>
      <Td className={classNames('hidden pe-4 text-ink-3 lg:table-cell', NUMERIC)}>{date(product.updatedAt)}</Td>
    </tr>
  );
}

function PriceText({ product: { priceRange } }: { readonly product: ListedProduct }) {
  const { t, money } = useI18n();
  if (!priceRange) return <span className="text-ink-3">{t('products.noPrice')}</span>;
  const price = money(priceRange.min);
  return priceRange.min.amount === priceRange.max.amount ? price : t('products.price.from', { price });
}
