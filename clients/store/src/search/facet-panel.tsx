import { Checkbox } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import { useFacetTexts } from './use-facet-texts.ts';
import type { SearchFacetData } from './use-product-search.ts';

export interface FacetPanelProps {
  readonly facets: readonly SearchFacetData[];
  readonly onToggle: (code: string, value: string) => void;
}

/** The facets of a search. Each value shows its number of products. */
export function FacetPanel({ facets, onToggle }: FacetPanelProps) {
  const { t } = useI18n();
  const texts = useFacetTexts();
  return (
    <div className="flex flex-col gap-6">
      {facets.map((facet) => (
        <fieldset key={facet.code}>
          <legend className="mb-2 text-14 font-semibold">{texts.name(facet)}</legend>
          <div className="flex max-h-72 flex-col gap-1.5 overflow-y-auto">
            {facet.values.map((value) => (
              <Checkbox
                key={value.value}
                label={t('search.value', { label: texts.value(facet, value), count: value.count })}
                checked={value.selected}
                onChange={() => onToggle(facet.code, value.value)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
