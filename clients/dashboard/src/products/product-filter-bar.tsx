import { Combobox, Input, Select } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { SORTS, STOCKS, type ProductFilters } from './product-filters.ts';
import { useCategories } from './use-categories.ts';

export interface ProductFilterBarProps {
  readonly filters: ProductFilters;
  readonly onChange: (changes: Partial<ProductFilters>) => void;
}

export function ProductFilterBar({ filters, onChange }: ProductFilterBarProps) {
  const { t } = useI18n();
  const [sku, setSku] = useState(filters.sku);
  const choices = useCategories().map(({ slug, label }) => ({ value: slug, label }));
  return (
    <form
      role="search"
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ sku: sku.trim() });
      }}
    >
      <Input
        type="search"
        aria-label={t('products.filter.skus')}
        placeholder={t('products.filter.skuPlaceholder')}
        value={sku}
        onChange={({ target }) => {
          setSku(target.value);
          if (target.value === '') onChange({ sku: '' });
        }}
        className="w-full sm:w-56"
      />
      <Combobox
        label={t('products.filter.category')}
        placeholder={t('products.filter.categorySearch')}
        empty={t('products.filter.noCategory')}
        value={filters.category}
        choices={[{ value: '', label: t('products.filter.anyCategory') }, ...choices]}
        onChange={(category) => onChange({ category })}
        className="w-full sm:w-52"
      />
      <Select
        label={t('products.filter.stock')}
        value={filters.stock}
        onChange={(stock) => onChange({ stock })}
        choices={STOCKS.map((stock) => ({ value: stock, label: t(`products.filter.${stock}`) }))}
        className="w-[calc(50%-4px)] sm:w-40"
      />
      <Select
        label={t('products.sort')}
        value={filters.sort}
        onChange={(sort) => onChange({ sort })}
        choices={SORTS.map((sort) => ({ value: sort, label: t(`products.sort.${sort}`) }))}
        className="w-[calc(50%-4px)] sm:ms-auto sm:w-40"
      />
    </form>
  );
}
