import { ProductBySlugDocument, type ProductBySlugQuery } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { Breadcrumb, Skeleton, TextLink } from '@souk/ui';
import { Link, useParams } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, NotFound } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { BuyBox } from './buy-box.tsx';
import { ProductReviews } from '../review/product-reviews.tsx';
import { RatingLine } from '../review/stars.tsx';
import { Gallery } from './gallery.tsx';
import { RelatedProducts } from './related-products.tsx';

type Product = NonNullable<ProductBySlugQuery['product']>;

export function ProductPage() {
  const { slug = '' } = useParams();
  const { data, error, refetch } = useOperation(ProductBySlugDocument, { slug });
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (!data) return <ProductSkeleton />;
  if (!data.product) return <NotFound />;
  return <ProductDetails key={data.product.id} product={data.product} />;
}

function ProductDetails({ product }: { readonly product: Product }) {
  const { t } = useI18n();
  const category = product.categories?.at(-1);
  return (
    <Page title={product.seoTitle ?? product.name} description={product.seoDescription}>
      <div className="mb-6">
        <Breadcrumb
          label={t('breadcrumb')}
          current={product.name}
          parents={[
            { key: 'home', link: <CrumbLink href="/">{t('nav.home')}</CrumbLink> },
            ...(product.categories ?? []).slice(-1).map(({ slug, name }) => ({
              key: slug,
              link: <CrumbLink href={`/categories/${slug}`}>{name}</CrumbLink>,
            })),
          ]}
        />
      </div>
      <div className="grid gap-8 md:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:gap-16">
        <Gallery media={product.media} name={product.name} />
        <div className="flex flex-col gap-6 md:sticky md:top-24 md:self-start">
          <h1 className="font-serif text-28 text-balance md:text-36">{product.name}</h1>
          {product.rating.count > 0 && (
            <a href="#reviews" className="-mt-3 self-start hover:underline">
              <RatingLine rating={product.rating} />
            </a>
          )}
          <BuyBox product={product} />
          {product.description && (
            <p className="max-w-measure text-16 whitespace-pre-line text-ink-2">
              <bdi>{product.description}</bdi>
            </p>
          )}
          <Attributes product={product} />
        </div>
      </div>
      <ProductReviews product={product} />
      {category && <RelatedProducts categorySlug={category.slug} productId={product.id} />}
    </Page>
  );
}

function CrumbLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <TextLink kind="plain" asChild className="text-ink-2">
      <Link href={href}>{children}</Link>
    </TextLink>
  );
}

function Attributes({ product }: { readonly product: Product }) {
  const { t } = useI18n();
  const rows = [
    ...(product.brand ? [{ code: 'brand', name: t('product.brand'), value: product.brand.name }] : []),
    ...product.attributes.map(({ code, name, values }) => ({ code, name, value: values.join(', ') })),
    ...(product.baseSku ? [{ code: 'sku', name: t('product.sku'), value: product.baseSku }] : []),
  ];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-14 font-semibold">{t('product.details')}</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] border-t text-14">
        {rows.map(({ code, name, value }) => (
          <div key={code} className="col-span-2 grid grid-cols-subgrid gap-6 border-b py-2">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ProductSkeleton() {
  return (
    <div className="mx-auto grid w-full max-w-[78rem] gap-8 px-4 py-16 sm:px-6 md:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:gap-16 lg:px-8">
      <Skeleton className="aspect-square rounded-card" />
      <div className="flex flex-col gap-6">
        <Skeleton className="h-10 w-3/4" />
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-12" />
        <Skeleton className="h-32" />
      </div>
    </div>
  );
}
