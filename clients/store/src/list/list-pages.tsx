import { CategoryBySlugDocument, CollectionBySlugDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { Breadcrumb, Skeleton, TextLink } from '@souk/ui';
import { Link, useParams } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, NotFound } from '../page/page-states.tsx';
import { ProductGridSkeleton } from '../product/product-grid.tsx';
import { ListPage } from './list-page.tsx';

export function CategoryPage() {
  const { t } = useI18n();
  const { slug = '' } = useParams();
  const { data, error, refetch } = useOperation(CategoryBySlugDocument, { slug });
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton />;
  const { category } = data;
  if (!category) return <NotFound />;
  const parents = [{ slug: '', name: t('nav.home') }, ...category.path.slice(0, -1)];
  return (
    <ListPage
      key={slug}
      source={{ kind: 'category', slug }}
      title={category.name}
      text={category.description}
      within={category.children.nodes}
      above={
        <div className="mb-4">
          <Breadcrumb
            label={t('breadcrumb')}
            current={category.name}
            parents={parents.map((parent) => ({
              key: parent.slug,
              link: (
                <TextLink kind="plain" asChild className="text-ink-2">
                  <Link href={parent.slug === '' ? '/' : `/categories/${parent.slug}`}>{parent.name}</Link>
                </TextLink>
              ),
            }))}
          />
        </div>
      }
    />
  );
}

export function CollectionPage() {
  const { slug = '' } = useParams();
  const { data, error, refetch } = useOperation(CollectionBySlugDocument, { slug });
  if (error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton />;
  const { collection } = data;
  if (!collection) return <NotFound />;
  return (
    <ListPage key={slug} source={{ kind: 'collection', slug }} title={collection.name} text={collection.description} />
  );
}

export function AllProductsPage() {
  const { t } = useI18n();
  return <ListPage source={{ kind: 'all', slug: '' }} title={t('list.all')} text={t('list.allText')} />;
}

function ListSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-[78rem] flex-col gap-8 px-4 py-16 sm:px-6 lg:px-8">
      <Skeleton className="h-12 w-64" />
      <ProductGridSkeleton count={12} />
    </div>
  );
}
