import { Card, classNames, Combobox, Field, Input, Notice, NUMERIC, Select, Table, Td, Th } from '@souk/ui';
import { useId } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { MAX_VARIANTS, rowsOf, variantCount, withCell, type CellName } from './new-product-form.ts';
import type { NewProduct } from './use-new-product.ts';

export interface NewVariantsCardProps {
  readonly product: NewProduct;
  /** The warehouses that may get the first stock. Empty when the staff member may not change stock. */
  readonly warehouses: readonly { readonly id: string; readonly name: string }[];
  readonly warehouseId: string | null;
}

/** The card with the variants of a new product: SKU, price, weight and first stock. */
export function NewVariantsCard({ product, warehouses, warehouseId }: NewVariantsCardProps) {
  const { t } = useI18n();
  const { form, change, setForm, errors } = product;
  const rows = rowsOf(form);
  const columns: readonly { readonly name: CellName; readonly label: string; readonly isNumber: boolean }[] = [
    { name: 'sku', label: t('product.variant.sku'), isNumber: false },
    { name: 'price', label: t('product.variant.price', { currency: form.currency }), isNumber: true },
    { name: 'weight', label: t('product.variant.weight'), isNumber: true },
    ...(warehouseId === null ? [] : [{ name: 'stock' as const, label: t('newProduct.stock'), isNumber: true }]),
  ];
  const hasOptions = rows.some(({ options }) => options.length > 0);
  return (
    <Card title={t('product.variants')} flush>
      <div className="grid gap-4 border-b p-4 sm:grid-cols-2">
        <Field label={t('newProduct.currency')}>
          {(control) => (
            <Combobox
              control={control}
              label={t('newProduct.currency')}
              placeholder={t('newProduct.currency')}
              empty={t('newProduct.currency.none')}
              value={form.currency}
              choices={Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: code }))}
              onChange={(currency) => change({ currency })}
            />
          )}
        </Field>
        {warehouseId !== null && (
          <Field label={t('newProduct.warehouse')}>
            {(control) => (
              <Select
                control={control}
                value={warehouseId}
                choices={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={product.setWarehouseId}
              />
            )}
          </Field>
        )}
      </div>
      {errors['status'] && (
        <Notice tone="bad" className="m-4">
          {errors['status']}
        </Notice>
      )}
      {variantCount(form) > MAX_VARIANTS && (
        <Notice tone="warn" className="m-4">
          {t('newProduct.tooMany', { count: MAX_VARIANTS })}
        </Notice>
      )}
      <Table>
        <thead>
          <tr>
            {hasOptions && <Th className="ps-4">{t('newProduct.variant')}</Th>}
            {columns.map(({ name, label, isNumber }) => (
              <Th key={name} className={classNames('first:ps-4 last:pe-4', isNumber && NUMERIC)}>
                {label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const title = row.options.map(({ value }) => value).join(' / ');
            return (
              <tr key={row.key} className="align-top last:*:border-b-0">
                {hasOptions && <Td className="ps-4 pt-3.5 whitespace-nowrap">{title}</Td>}
                {columns.map(({ name, label, isNumber }) => (
                  <Td key={name} className="px-1.5 first:ps-4 last:pe-4">
                    <Cell
                      label={title === '' ? label : `${title} ${label}`}
                      text={row[name] ?? ''}
                      isNumber={isNumber}
                      error={errors[`variants.${index}.${name}`]}
                      onChange={(text) => setForm((present) => withCell(present, row.key, name, text))}
                    />
                  </Td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Card>
  );
}

interface CellProps {
  readonly label: string;
  readonly text: string;
  readonly isNumber: boolean;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

function Cell({ label, text, isNumber, error, onChange }: CellProps) {
  const id = useId();
  return (
    <>
      <Input
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        inputMode={isNumber ? 'decimal' : 'text'}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className={classNames('h-9 min-w-24', !isNumber && 'min-w-40', isNumber && NUMERIC)}
      />
      {error && (
        <p id={id} className="pt-1 text-12 text-bad">
          {error}
        </p>
      )}
    </>
  );
}
