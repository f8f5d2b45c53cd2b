import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { isConflict, RefusalError } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { draftKey, readDraft, saveDraft } from './draft-actions.ts';
import { fieldOfRefusal, formOf, newDraft, type DraftForm, type DraftOrder } from './draft-form.ts';

/** State of the form of a draft order: the version that is edited, saving, and a conflict with another change. */
export function useDraft(latest: DraftOrder | null, countryCode: string) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [seen, setSeen] = useState(latest);
  const [theirs, setTheirs] = useState<DraftOrder | null>(null);
  const form = useForm<DraftForm>({
    defaultValues: latest ? formOf(latest, countryCode) : newDraft(countryCode),
  });
  const adopt = (draft: DraftOrder) => {
    setSeen(draft);
    setTheirs(null);
    form.reset(formOf(draft, countryCode));
  };
  const save = useMutation({
    mutationFn: (values: DraftForm) => saveDraft(values, seen, setSeen),
    onSuccess: (draft) => {
      queries.setQueryData(draftKey(draft.id), draft);
      adopt(draft);
      toast({ text: t('draft.done.saved') });
      if (latest === null) go(`/draft-orders/${draft.id}`, { replace: true });
    },
    onError: async (error) => {
      if (isConflict(error) && seen) return setTheirs(await readDraft(seen.id));
      if (!(error instanceof RefusalError)) return;
      for (const { field, message } of error.refusals) {
        const name = fieldOfRefusal(field ?? []);
        if (name) form.setError(name, { message });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['draft-orders'] }),
  });
  return {
    form,
    seen,
    theirs,
    save,
    submit: form.handleSubmit((values) => save.mutate(values)),
    /** Keeps the texts of the form, so that the next save overwrites the other change. */
    keepMine: () => {
      setSeen(theirs);
      setTheirs(null);
    },
    takeTheirs: () => theirs && adopt(theirs),
  };
}
