import { Card, classNames, Combobox, NUMERIC, Table, Td, Th } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { pasteCells } from './pasted-cells.ts';
import { currenciesOf, isPrice, isWeight, priceField, variantField } from './product-form.ts';
import type { ProductForm } from './use-product-form.ts';

const CELL =
  'h-9 w-full min-w-20 rounded-control border border-transparent bg-transparent px-2 hover:border-line-strong focus-visible:outline-2 focus-visible:-outline-offset-1 aria-invalid:border-bad aria-invalid:bg-bad-soft';

/** The card with the variants as a grid, into which staff can paste spreadsheet cells. */
export function VariantsCard({ form }: { readonly form: ProductForm }) {
  const { t } = useI18n();
  const { product, texts, setText, setTexts } = form;
  const [added, setAdded] = useState<readonly string[]>([]);
  const currencies = [...new Set([...currenciesOf(product), ...added])];
  const columns = [
    { label: t('product.variant.sku'), field: (id: string) => variantField(id, 'sku'), isNumber: false },
    { label: t('product.variant.name'), field: (id: string) => variantField(id, 'name'), isNumber: false },
    ...currencies.map((currency) => ({
      label: t('product.variant.price', { currency }),
      field: (id: string) => priceField(id, currency),
      isNumber: true,
    })),
    { label: t('product.variant.weight'), field: (id: string) => variantField(id, 'weight'), isNumber: true },
  ];
  const variants = product.variants.nodes;
  const grid = variants.map(({ id }) => columns.map(({ field }) => field(id)));
  return (
    <Card
      title={t('product.variants')}
      flush
      aside={
        <Combobox
          label={t('product.variant.add')}
          placeholder={t('product.variant.add')}
          empty={t('products.filter.noCategory')}
          value={null}
          choices={Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: code }))}
          onChange={(currency) => setAdded([...added, currency])}
          className="h-8 w-44"
        />
      }
    >
      <Table>
        <thead>
          <tr>
            {columns.map(({ label, isNumber }) => (
              <Th key={label} className={classNames('first:ps-5', isNumber && NUMERIC)}>
                {label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {variants.map(({ id, sku }, row) => (
            <tr key={id} className="last:*:border-b-0">
              {columns.map(({ label, field, isNumber }, column) => {
                const name = field(id);
                const text = texts[name] ?? '';
                return (
                  <Td key={name} className="px-1 first:ps-3">
                    <input
                      aria-label={`${sku} ${label}`}
                      aria-invalid={isCellValid(name, text) ? undefined : true}
                      inputMode={isNumber ? 'decimal' : 'text'}
                      value={text}
                      onChange={({ target }) => setText(name, target.value)}
                      onPaste={(event) => {
                        const next = pasteCells(
                          texts,
                          grid,
                          { row, column },
                          event.clipboardData.getData('text/plain'),
                        );
                        if (next === null) return;
                        event.preventDefault();
                        setTexts(next);
                      }}
                      className={classNames(CELL, isNumber && NUMERIC)}
                    />
                  </Td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function isCellValid(field: string, text: string): boolean {
  if (field.endsWith('.weight')) return isWeight(text);
  return field.includes('.price.') ? isPrice(text) : text.trim() !== '';
}
