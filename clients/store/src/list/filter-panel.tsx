import { Button, Checkbox, TextField, TextLink } from '@souk/ui';
import { useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { typedPrice, type ListFilters } from './list-filters.ts';

export interface FilterPanelProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
  /** The currency of the prices. Null until a price is known. The panel then hides the price filter. */
  readonly currencyCode: string | null;
  /** The subcategories of the page's category. */
  readonly within: readonly { readonly slug: string; readonly name: string }[];
}

/** The controls to filter a product list. */
export function FilterPanel({ filters, onChange, currencyCode, within }: FilterPanelProps) {
  const { t } = useI18n();
  return (
    <div className="flex flex-col gap-6">
      {within.length > 0 && (
        <nav aria-label={t('list.within')}>
          <h2 className="mb-2 text-14 font-semibold">{t('list.within')}</h2>
          <ul className="flex flex-col">
            {within.map(({ slug, name }) => (
              <li key={slug}>
                <TextLink kind="plain" asChild className="block py-1.5 text-14 text-ink-2">
                  <Link href={`/categories/${slug}`}>{name}</Link>
                </TextLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Checkbox
        label={t('list.inStock')}
        checked={filters.inStock}
        onChange={(inStock) => onChange({ ...filters, inStock })}
      />
      {currencyCode !== null && (
        <PriceFilter
          key={`${filters.min} ${filters.max}`}
          filters={filters}
          onChange={onChange}
          currencyCode={currencyCode}
        />
      )}
    </div>
  );
}

interface PriceFilterProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
  readonly currencyCode: string;
}

function PriceFilter({ filters, onChange, currencyCode }: PriceFilterProps) {
  const { t } = useI18n();
  const [min, setMin] = useState(filters.min ?? '');
  const [max, setMax] = useState(filters.max ?? '');
  const [isSent, setSent] = useState(false);
  const [read, readMax] = [typedPrice(min), typedPrice(max)];
  const errorOf = (value: string | null | undefined) =>
    isSent && value === undefined ? t('list.price.error') : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setSent(true);
        if (read !== undefined && readMax !== undefined) onChange({ ...filters, min: read, max: readMax });
      }}
    >
      <fieldset>
        <legend className="mb-2 text-14 font-semibold">{t('list.price', { currency: currencyCode })}</legend>
        <div className="grid grid-cols-2 gap-2">
          <TextField
            label={t('list.price.min')}
            inputMode="decimal"
            value={min}
            onChange={({ target }) => setMin(target.value)}
            error={errorOf(read)}
          />
          <TextField
            label={t('list.price.max')}
            inputMode="decimal"
            value={max}
            onChange={({ target }) => setMax(target.value)}
            error={errorOf(readMax)}
          />
        </div>
        <Button type="submit" size="small" className="mt-3">
          {t('list.filters.apply')}
        </Button>
      </fieldset>
    </form>
  );
}
