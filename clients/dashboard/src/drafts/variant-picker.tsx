import { VariantPickerDocument, type VariantPickerQuery } from '@souk/sdk';
import { Dialog, Field, Input, Picture, Skeleton } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';

type FoundProduct = NonNullable<VariantPickerQuery['search']>['edges'][number]['node'];
type FoundVariant = FoundProduct['variants']['nodes'][number];

/** A variant that staff chose, with the name of its product. */
export interface PickedVariant {
  readonly id: string;
  readonly sku: string;
  /** "Linen shirt, M / Blue". */
  readonly name: string;
  readonly price: FoundVariant['price'];
}

export interface VariantPickerProps {
  readonly onClose: () => void;
  readonly onPick: (variant: PickedVariant) => void;
}

/** How long the search waits after the last key press, in milliseconds. */
const TYPING_MS = 200;
const MIN_LENGTH = 2;

/** A dialog that searches the published products, and returns one of their variants. */
export function VariantPicker({ onClose, onPick }: VariantPickerProps) {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const query = useSettled(text.trim());
  const found = useQuery({
    queryKey: ['variant-picker', query],
    queryFn: ({ signal }) => souk.run(VariantPickerDocument, { query }, { signal }),
    enabled: query.length >= MIN_LENGTH,
  });
  const products = (found.data?.search?.edges ?? []).map(({ node }) => node);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('picker.title')} close={t('action.close')}>
      <div className="flex min-h-72 flex-col gap-4">
        <Field label={t('picker.search')} help={t('picker.help')}>
          {(control) => (
            <Input {...control} type="search" value={text} onChange={({ target }) => setText(target.value)} />
          )}
        </Field>
        {found.isLoading && <Skeleton className="h-14" />}
        {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
        <p role="status" className="text-14 text-ink-3">
          {found.isSuccess && products.length === 0 && t('picker.none')}
        </p>
        <ul className="flex flex-col gap-1">
          {products.flatMap((product) =>
            product.variants.nodes.map((variant) => (
              <li key={variant.id}>
                <VariantButton
                  product={product}
                  variant={variant}
                  onPick={(picked) => {
                    onPick(picked);
                    onClose();
                  }}
                />
              </li>
            )),
          )}
        </ul>
      </div>
    </Dialog>
  );
}

interface VariantButtonProps {
  readonly product: FoundProduct;
  readonly variant: FoundVariant;
  readonly onPick: (variant: PickedVariant) => void;
}

function VariantButton({ product, variant: { id, sku, options, price, availability }, onPick }: VariantButtonProps) {
  const { t, money } = useI18n();
  const name = [product.name, options.map(({ value }) => value).join(' / ')].filter(Boolean).join(', ');
  return (
    <button
      type="button"
      onClick={() => onPick({ id, sku, name, price })}
      className="flex min-h-12 w-full items-center gap-3 rounded-control p-2 text-start text-14 hover:bg-hover"
    >
      <Picture src={product.media[0]?.url ?? null} alt="" className="size-10 shrink-0 rounded-control" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{name}</span>
        <span className="block text-12 break-all text-ink-3">{sku}</span>
      </span>
      <span className="text-end tabular-nums">
        {price ? money(price) : '–'}
        {availability && (
          <span className="block text-12 text-ink-3">{t('picker.available', { count: availability.quantity })}</span>
        )}
      </span>
    </button>
  );
}

/** Debounces the text: returns it after it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
