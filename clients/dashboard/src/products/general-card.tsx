import { Card, Field, TextArea, TextField } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ProductForm } from './use-product-form.ts';

/** The card with the product's own texts, such as name and description. */
export function GeneralCard({ form: { texts, setText } }: { readonly form: ProductForm }) {
  const { t } = useI18n();
  const bind = (field: string) => ({
    value: texts[field] ?? '',
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setText(field, target.value),
  });
  const required = (field: string) => ((texts[field] ?? '').trim() === '' ? t('product.required') : undefined);
  return (
    <Card title={t('product.general')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('product.name')}
          error={required('name')}
          fieldClassName="sm:col-span-2"
          {...bind('name')}
        />
        <Field label={t('product.description')} className="sm:col-span-2">
          {(control) => <TextArea {...control} rows={5} {...bind('description')} />}
        </Field>
        <TextField label={t('product.slug')} error={required('slug')} {...bind('slug')} />
        <TextField label={t('product.baseSku')} error={required('baseSku')} {...bind('baseSku')} />
        <TextField
          label={t('product.reference')}
          optional={t('order.optional')}
          fieldClassName="sm:col-span-2"
          {...bind('externalReference')}
        />
      </div>
    </Card>
  );
}
