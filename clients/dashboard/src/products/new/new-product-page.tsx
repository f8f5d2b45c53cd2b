import { WarehousesDocument } from '@souk/sdk';
import { Breadcrumb, Button, Card, Combobox, Field, Notice, TextArea, TextField, TextLink } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { souk } from '../../api/client.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { Page } from '../../page/page.tsx';
import { useMay } from '../../session/use-session.ts';
import { PicturesCard } from '../pictures-card.tsx';
import { useCategories } from '../use-categories.ts';
import { baseSkuOf } from './new-product-form.ts';
import { NewVariantsCard } from './new-variants-card.tsx';
import { OptionsCard } from './options-card.tsx';
import { useNewProduct, type NewProduct } from './use-new-product.ts';

const WAREHOUSES = 200;

/** The page that creates a product with its variants, prices, first stock and pictures. */
export function NewProductPage() {
  const { t } = useI18n();
  const product = useNewProduct();
  const warehouses = useWarehouses();
  const warehouseId = product.warehouseId ?? warehouses[0]?.id ?? null;
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/products">{t('nav.products')}</Link>
    </TextLink>
  );
  const title = t('newProduct.title');
  const isBusy = product.saving !== null || product.pictures.uploads.length > 0;
  return (
    <Page
      title={title}
      above={<Breadcrumb label={t('nav.products')} parents={[{ key: 'products', link }]} current={title} />}
    >
      {product.failure && <Notice tone="bad">{product.failure.message}</Notice>}
      {Object.keys(product.errors).length > 0 && <Notice tone="bad">{t('newProduct.invalid')}</Notice>}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(16rem,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <GeneralCard product={product} />
          <OptionsCard product={product} />
          <NewVariantsCard product={product} warehouses={warehouses} warehouseId={warehouseId} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PicturesCard pictures={product.pictures} />
          <CategoryCard product={product} />
        </div>
      </div>
      <div className="sticky bottom-4 z-20 flex flex-wrap justify-end gap-2 rounded-card border bg-surface px-4 py-3 shadow-floating">
        <Button
          loading={product.saving === 'DRAFT'}
          disabled={isBusy}
          onClick={() => product.submit('DRAFT', warehouseId)}
        >
          {t('newProduct.saveDraft')}
        </Button>
        <Button
          kind="primary"
          loading={product.saving === 'PUBLISHED'}
          disabled={isBusy}
          onClick={() => product.submit('PUBLISHED', warehouseId)}
        >
          {t('product.publish')}
        </Button>
      </div>
    </Page>
  );
}

/** The active warehouses. Empty while they load, and for staff who may not change stock. */
function useWarehouses() {
  const may = useMay();
  const found = useQuery({
    queryKey: ['warehouses', WAREHOUSES],
    queryFn: ({ signal }) => souk.run(WarehousesDocument, { first: WAREHOUSES }, { signal }),
    enabled: may('stock:read') && may('stock:write'),
  });
  return (found.data?.warehouses?.nodes ?? []).filter(({ active }) => active);
}

function GeneralCard({ product: { form, change, errors } }: { readonly product: NewProduct }) {
  const { t } = useI18n();
  return (
    <Card title={t('product.general')}>
      <div className="grid gap-4">
        <TextField
          label={t('product.name')}
          error={errors['name']}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
        />
        <Field label={t('product.description')} optional={t('order.optional')} error={errors['description']}>
          {(control) => (
            <TextArea
              {...control}
              rows={5}
              value={form.description}
              onChange={({ target }) => change({ description: target.value })}
            />
          )}
        </Field>
        <TextField
          label={t('product.baseSku')}
          help={t('newProduct.baseSku.help')}
          error={errors['baseSku']}
          value={baseSkuOf(form)}
          onChange={({ target }) => change({ baseSku: target.value })}
        />
      </div>
    </Card>
  );
}

function CategoryCard({ product: { form, change } }: { readonly product: NewProduct }) {
  const { t } = useI18n();
  const choices = useCategories().map(({ id, label }) => ({ value: id, label }));
  return (
    <Card title={t('product.organization')}>
      <Field label={t('newProduct.category')} optional={t('order.optional')}>
        {(control) => (
          <Combobox
            control={control}
            label={t('newProduct.category')}
            placeholder={t('newProduct.category.choose')}
            empty={t('products.filter.noCategory')}
            value={form.categoryId ?? ''}
            choices={[{ value: '', label: t('newProduct.category.choose') }, ...choices]}
            onChange={(id) => change({ categoryId: id || null })}
          />
        )}
      </Field>
    </Card>
  );
}
