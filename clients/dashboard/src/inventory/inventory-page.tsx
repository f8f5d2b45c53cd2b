import { WarehousesDocument } from '@souk/sdk';
import { Checkbox, Input, Select, Tabs } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Page } from '../page/page.tsx';
import { readStockFilters, writeStockFilters, type StockFilters } from './stock-filters.ts';
import { MovementsPanel } from './movements-panel.tsx';
import { StockPanel } from './stock-panel.tsx';

const WAREHOUSES = 200;
const ANY = 'any';

export function InventoryPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const filters = readStockFilters(useSearch());
  const change = (changes: Partial<StockFilters>) => {
    const query = writeStockFilters({ ...filters, ...changes });
    go(query === '' ? '/inventory' : `/inventory?${query}`, { replace: true });
  };
  return (
    <Page title={t('inventory.title')}>
      <Tabs
        label={t('inventory.title')}
        value={filters.tab}
        onChange={(tab) => change({ tab })}
        tabs={[
          { value: 'levels', label: t('inventory.tab.levels') },
          { value: 'movements', label: t('inventory.tab.movements') },
        ]}
      >
        <div className="flex flex-col gap-4 pt-4">
          <StockFilterBar filters={filters} onChange={change} />
          {filters.tab === 'levels' ? <StockPanel filters={filters} /> : <MovementsPanel filters={filters} />}
        </div>
      </Tabs>
    </Page>
  );
}

interface StockFilterBarProps {
  readonly filters: StockFilters;
  readonly onChange: (changes: Partial<StockFilters>) => void;
}

function StockFilterBar({ filters, onChange }: StockFilterBarProps) {
  const { t } = useI18n();
  const [sku, setSku] = useState(filters.sku);
  const warehouses = useQuery({
    queryKey: ['warehouses'],
    queryFn: ({ signal }) => souk.run(WarehousesDocument, { first: WAREHOUSES }, { signal }),
  });
  const choices = (warehouses.data?.warehouses?.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form
      role="search"
      className="flex flex-wrap items-center gap-x-4 gap-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ sku: sku.trim() });
      }}
    >
      <Input
        type="search"
        aria-label={t('inventory.filter.sku')}
        placeholder={t('products.filter.skuPlaceholder')}
        value={sku}
        onChange={({ target }) => {
          setSku(target.value);
          if (target.value === '') onChange({ sku: '' });
        }}
        className="w-full sm:w-56"
      />
      <Select
        label={t('inventory.filter.warehouse')}
        value={filters.warehouseId === '' ? ANY : filters.warehouseId}
        onChange={(id) => onChange({ warehouseId: id === ANY ? '' : id })}
        choices={[{ value: ANY, label: t('inventory.filter.anyWarehouse') }, ...choices]}
        className="w-full sm:w-52"
      />
      {filters.tab === 'levels' && (
        <Checkbox label={t('inventory.filter.low')} checked={filters.low} onChange={(low) => onChange({ low })} />
      )}
    </form>
  );
}
