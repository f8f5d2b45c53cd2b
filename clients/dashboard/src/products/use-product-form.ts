import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { isConflict } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { textsOf, type ManagedProduct } from './product-form.ts';
import { readProduct, saveProduct } from './save-product.ts';
import { changedFields, conflictsOf, keepMine, takeTheirs, type Texts } from './text-changes.ts';

export const productKey = (id: string) => ['product', id] as const;

interface Attempt {
  readonly product: ManagedProduct;
  readonly before: Texts;
  readonly after: Texts;
}

/** State of the product form: the edited texts, whether they are saved, and a conflict with another person's change. */
export function useProductForm(latest: ManagedProduct) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  // The version of the product that the form edits. A newer version replaces it only while nothing is unsaved.
  const [seen, setSeen] = useState(latest);
  const [texts, setTexts] = useState<Texts>(() => textsOf(latest));
  const [theirs, setTheirs] = useState<ManagedProduct | null>(null);
  const loaded = useMemo(() => textsOf(seen), [seen]);
  const unsaved = changedFields(loaded, texts);
  const adopt = (product: ManagedProduct, next: Texts) => {
    setSeen(product);
    setTexts(next);
    setTheirs(null);
  };
  const hasUnsaved = unsaved.length > 0;
  if (!hasUnsaved && latest !== seen) {
    setSeen(latest);
    setTexts(textsOf(latest));
  }
  const refresh = async () => {
    const present = await readProduct(seen.id);
    if (present) {
      queries.setQueryData(productKey(seen.id), present);
      adopt(present, textsOf(present));
    }
    await queries.invalidateQueries({ queryKey: ['products'] });
  };
  /** Reads the product again after a change outside of the form. Unsaved texts are kept. */
  const follow = async () => {
    const present = await readProduct(seen.id);
    if (!present) return;
    queries.setQueryData(productKey(seen.id), present);
    setSeen(present);
    setTexts((mine) => keepMine(loaded, mine, textsOf(present)));
    await queries.invalidateQueries({ queryKey: ['products'] });
  };
  const save = useMutation({
    mutationFn: ({ product, before, after }: Attempt) => saveProduct(product, before, after),
    onSuccess: async () => {
      await refresh();
      toast({ text: t('product.done.saved') });
    },
    onError: async (error, { before, after }) => {
      const present = isConflict(error) ? await readProduct(seen.id) : null;
      if (present === null) return toast({ text: error.message, tone: 'bad' });
      queries.setQueryData(productKey(present.id), present);
      const presentTexts = textsOf(present);
      if (conflictsOf(before, after, presentTexts).length > 0) return setTheirs(present);
      // The other person changed other fields, so both changes are merged and saved.
      const merged = keepMine(before, after, presentTexts);
      adopt(present, merged);
      save.mutate({ product: present, before: presentTexts, after: merged });
    },
  });
  const theirTexts = theirs && textsOf(theirs);
  return {
    product: seen,
    texts,
    setText: (field: string, text: string) => setTexts((others) => ({ ...others, [field]: text })),
    setTexts,
    unsaved,
    discard: () => setTexts(loaded),
    save: () => save.mutate({ product: seen, before: loaded, after: texts }),
    isSaving: save.isPending,
    refresh,
    follow,
    conflict: theirTexts && conflictsOf(loaded, texts, theirTexts),
    dismissConflict: () => setTheirs(null),
    keepMine: () => theirs && adopt(theirs, keepMine(loaded, texts, textsOf(theirs))),
    takeTheirs: () => theirs && adopt(theirs, takeTheirs(loaded, texts, textsOf(theirs))),
  };
}

export type ProductForm = ReturnType<typeof useProductForm>;
