import { Breadcrumb, Button, Card, Skeleton, StatusPill, TextLink } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { toneOf } from '../page/tones.ts';
import { ConflictDialog } from '../page/conflict-dialog.tsx';
import { LoadError, NotFound } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { GeneralCard } from './general-card.tsx';
import { PicturesCard } from './pictures-card.tsx';
import { isPrice, isWeight, PRODUCT_FIELDS, type ManagedProduct } from './product-form.ts';
import { readProduct } from './save-product.ts';
import { TranslationsCard } from './translations-card.tsx';
import { productKey, useProductForm, type ProductForm } from './use-product-form.ts';
import { usePictures } from './use-pictures.ts';
import { usePublication } from './use-publication.ts';
import { VariantsCard } from './variants-card.tsx';

export function ProductPage() {
  const { id } = useParams<{ id: string }>();
  const found = useQuery({ queryKey: productKey(id), queryFn: ({ signal }) => readProduct(id, { signal }) });
  if (found.isPending) return <ProductSkeleton />;
  if (found.isError) return <LoadError isPage error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === null ? <NotFound /> : <LoadedProduct key={id} latest={found.data} />;
}

function LoadedProduct({ latest }: { readonly latest: ManagedProduct }) {
  const { t, ago } = useI18n();
  const form = useProductForm(latest);
  const pictures = usePictures(form);
  const { product } = form;
  return (
    <Page
      title={product.name}
      above={<ProductBreadcrumb name={product.name} />}
      beside={<StatusPill tone={toneOf(product.status)}>{t(`status.${product.status}`)}</StatusPill>}
      actions={<PublishButton form={form} />}
    >
      <p className="-mt-3 text-14 text-ink-3">{t('product.updatedAt', { time: ago(product.updatedAt) })}</p>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(16rem,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <GeneralCard form={form} />
          <VariantsCard form={form} />
          <TranslationsCard product={product} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PicturesCard pictures={pictures} />
          <OrganizationCard product={product} />
        </div>
      </div>
      <SaveBar form={form} />
      <ProductConflictDialog form={form} />
    </Page>
  );
}

function ProductBreadcrumb({ name }: { readonly name: string }) {
  const { t } = useI18n();
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/products">{t('nav.products')}</Link>
    </TextLink>
  );
  return <Breadcrumb label={t('nav.products')} parents={[{ key: 'products', link }]} current={name} />;
}

function PublishButton({ form: { product, unsaved, refresh } }: { readonly form: ProductForm }) {
  const { t } = useI18n();
  const publication = usePublication(refresh);
  const isPublished = product.status === 'PUBLISHED';
  return (
    <Button
      kind={isPublished ? 'secondary' : 'primary'}
      loading={publication.isPending}
      disabled={unsaved.length > 0}
      onClick={() => publication.mutate({ product, isPublished: !isPublished })}
    >
      {t(isPublished ? 'product.unpublish' : 'product.publish')}
    </Button>
  );
}

/** The bar with the save button, which is visible while the form has unsaved changes. */
function SaveBar({ form }: { readonly form: ProductForm }) {
  const { t } = useI18n();
  const { texts, unsaved, save, isSaving, discard } = form;
  if (unsaved.length === 0) return null;
  const isValid =
    (texts['name'] ?? '').trim() !== '' &&
    unsaved.every((field) => !field.includes('.price.') || isPrice(texts[field] ?? '')) &&
    unsaved.every((field) => !field.endsWith('.weight') || isWeight(texts[field] ?? ''));
  return (
    <div className="sticky bottom-4 z-20 flex animate-rise flex-wrap items-center justify-between gap-3 rounded-card border bg-surface px-4 py-3 shadow-floating">
      <p className="text-14" role="status">
        {t('product.unsaved', { count: unsaved.length })}
      </p>
      <div className="flex gap-2">
        <Button onClick={discard}>{t('action.discard')}</Button>
        <Button kind="primary" disabled={!isValid} loading={isSaving} onClick={save}>
          {t('action.save')}
        </Button>
      </div>
    </div>
  );
}

function ProductConflictDialog({ form }: { readonly form: ProductForm }) {
  const { t } = useI18n();
  const labels: Readonly<Record<(typeof PRODUCT_FIELDS)[number], MessageKey>> = {
    name: 'product.name',
    slug: 'product.slug',
    description: 'product.description',
    baseSku: 'product.baseSku',
    externalReference: 'product.reference',
  };
  const labelOf = (field: string) => {
    const own = PRODUCT_FIELDS.find((each) => each === field);
    if (own) return t(labels[own]);
    const [, id, name = '', currency] = field.split('.');
    const variant = form.product.variants.nodes.find((each) => each.id === id);
    return `${variant?.sku ?? ''} ${currency ?? t(`product.variant.${name as 'sku' | 'name' | 'weight'}`)}`;
  };
  return (
    <ConflictDialog
      open={form.conflict !== null}
      onClose={form.dismissConflict}
      mineLabel={t('conflict.mine')}
      rows={(form.conflict ?? []).map(({ field, mine, theirs }) => ({ label: labelOf(field), mine, theirs }))}
      actions={
        <>
          <Button onClick={form.takeTheirs}>{t('conflict.takeTheirs')}</Button>
          <Button kind="primary" onClick={form.keepMine}>
            {t('conflict.keepMine')}
          </Button>
        </>
      }
    />
  );
}

function OrganizationCard({ product }: { readonly product: ManagedProduct }) {
  const { t } = useI18n();
  const names = (entries: readonly { readonly name: string }[]) =>
    entries.map(({ name }) => name).join(', ') || t('product.none');
  return (
    <Card title={t('product.organization')}>
      <dl className="flex flex-col gap-3 text-14">
        <div>
          <dt className="text-ink-3">{t('product.categories')}</dt>
          <dd>{names(product.categories)}</dd>
        </div>
        <div>
          <dt className="text-ink-3">{t('product.collections')}</dt>
          <dd>{names(product.collections)}</dd>
        </div>
        {product.attributes.map(({ code, name, values }) => (
          <div key={code}>
            <dt className="text-ink-3">{name}</dt>
            <dd>{values.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function ProductSkeleton() {
  return (
    <div className="mx-auto flex max-w-[80rem] flex-col gap-4 px-4 py-6 md:px-8">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-8 w-72" />
      <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
        <Skeleton className="h-96" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
