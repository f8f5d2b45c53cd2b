import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { isConflict, RefusalError } from '../../api/refusal.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { METHODS_KEY, ZONES_KEY } from './use-shipping.ts';

/** The state and the functions of a dialog that edits a shipping method or a zone. */
export interface ShippingEditing<Entry, Form extends FieldValues> {
  readonly form: UseFormReturn<Form>;
  /** The entry that is edited. Null creates a new entry. */
  readonly latest: Entry | null;
  readonly formOf: (entry: Entry) => Form;
  readonly save: (form: Form, seen: Entry | null) => Promise<void>;
  /** Reads all entries again, after a conflict. */
  readonly readAll: () => Promise<readonly Entry[]>;
  readonly fieldOf: (path: readonly string[]) => Path<Form> | null;
  readonly onDone: () => void;
}

/** State of a dialog that creates or changes a shipping method or a zone. */
export function useShippingForm<Entry extends { readonly id: string }, Form extends FieldValues>(
  editing: ShippingEditing<Entry, Form>,
) {
  const { form, latest, formOf, readAll, fieldOf, onDone } = editing;
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [seen, setSeen] = useState(latest);
  const [theirs, setTheirs] = useState<Entry | null>(null);
  const save = useMutation({
    mutationFn: (values: Form) => editing.save(values, seen),
    onSuccess: () => {
      toast({ text: t('shipping.done.saved') });
      onDone();
    },
    onError: async (error) => {
      if (isConflict(error)) return setTheirs((await readAll()).find(({ id }) => id === seen?.id) ?? null);
      if (!(error instanceof RefusalError)) return;
      for (const { field, message } of error.refusals) {
        const name = fieldOf(field ?? []);
        if (name) form.setError(name, { message });
      }
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: METHODS_KEY });
      await queries.invalidateQueries({ queryKey: ZONES_KEY });
    },
  });
  const decide = (adopt: boolean) => {
    if (adopt && theirs) form.reset(formOf(theirs));
    setSeen(theirs);
    setTheirs(null);
    save.reset();
  };
  return { save, theirs, keepMine: () => decide(false), takeTheirs: () => decide(true) };
}
