import { X } from 'lucide-react';
import { useI18n } from '../i18n/use-i18n.ts';
import { filterCount, type ListFilters } from './list-filters.ts';

export interface FilterChipsProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
  readonly currencyCode: string | null;
}

/** The active filters, each with a button to remove it. */
export function FilterChips({ filters, onChange, currencyCode }: FilterChipsProps) {
  const { t, money } = useI18n();
  if (filterCount(filters) === 0) return null;
  const priceOf = (amount: string) => money({ amount, currencyCode: currencyCode ?? 'EUR' });
  const chips = [
    ...(filters.inStock ? [{ name: t('list.inStock'), without: { inStock: false } }] : []),
    ...(filters.min !== null && currencyCode !== null
      ? [{ name: t('list.chip.min', { price: priceOf(filters.min) }), without: { min: null } }]
      : []),
    ...(filters.max !== null && currencyCode !== null
      ? [{ name: t('list.chip.max', { price: priceOf(filters.max) }), without: { max: null } }]
      : []),
  ];
  return (
    <ul className="flex flex-wrap gap-2">
      {chips.map(({ name, without }) => (
        <li key={name}>
          <button
            type="button"
            aria-label={t('list.chip.remove', { name })}
            onClick={() => onChange({ ...filters, ...without })}
            className="inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong bg-surface ps-3 pe-2 text-14 hover:bg-hover"
          >
            {name}
            <X aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.75} />
          </button>
        </li>
      ))}
    </ul>
  );
}
