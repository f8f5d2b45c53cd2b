import { Breadcrumb, Button, Card, Notice, TextLink, useToast } from '@souk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { Link, useLocation, useParams } from 'wouter';
import { isConflict, RefusalError } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, NotFound, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';
import { ActionFields } from './action-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { GeneralFields } from './general-fields.tsx';
import { PreviewCard } from './preview-card.tsx';
import { PromotionConflict } from './promotion-conflict.tsx';
import {
  fieldOfRefusal,
  formOf,
  NEW_PROMOTION,
  stateOf,
  type ManagedPromotion,
  type PromotionForm,
} from './promotion-form.ts';
import { deletePromotion, readPromotion, savePromotion } from './save-promotion.ts';

const NEW = 'new';

/** The page to create or change a promotion. */
export function PromotionPage() {
  const { id } = useParams<{ id: string }>();
  const may = useMay();
  const found = useQuery({
    queryKey: ['promotion', id],
    queryFn: ({ signal }) => readPromotion(id, signal),
    enabled: id !== NEW,
  });
  if (id === NEW) return may('promotions:write') ? <PromotionEditor key={id} latest={null} /> : <NotFound />;
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <LoadError isPage error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === null ? <NotFound /> : <PromotionEditor key={id} latest={found.data} />;
}

function PromotionEditor({ latest }: { readonly latest: ManagedPromotion | null }) {
  const { t } = useI18n();
  const mayWrite = useMay()('promotions:write');
  const [now] = useState(Date.now);
  const [seen, setSeen] = useState(latest);
  const [theirs, setTheirs] = useState<ManagedPromotion | null>(null);
  const form = useForm<PromotionForm>({ defaultValues: latest ? formOf(latest) : NEW_PROMOTION });
  const adopt = (present: ManagedPromotion) => {
    setSeen(present);
    form.reset(formOf(present));
  };
  const save = useSave(seen, adopt, setTheirs, (field, message) => form.setError(field, { message }));
  const title = seen?.name ?? t('promotions.create');
  return (
    <FormProvider {...form}>
      <Page
        title={title}
        above={<PromotionBreadcrumb name={title} />}
        beside={seen && <Status of="promotion.state" value={stateOf(seen, now)} />}
        actions={mayWrite && seen && <DeleteButton promotion={seen} />}
      >
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
          <form noValidate onSubmit={form.handleSubmit((values) => save.mutate(values))} className="min-w-0">
            <fieldset disabled={!mayWrite} className="flex min-w-0 flex-col gap-4">
              {save.isError && !isConflict(save.error) && <Notice tone="bad">{save.error.message}</Notice>}
              <Card title={t('promotion.general')}>
                <GeneralFields />
              </Card>
              <Card title={t('promotion.action')}>
                <ActionFields />
              </Card>
              <Card title={t('promotion.conditions')}>
                <ConditionFields />
              </Card>
              {mayWrite && (
                <Button kind="primary" type="submit" loading={save.isPending} className="self-start">
                  {t('action.save')}
                </Button>
              )}
            </fieldset>
          </form>
          <PreviewCard promotionId={seen?.id ?? null} />
        </div>
        {theirs && (
          <PromotionConflict
            mine={form.getValues()}
            theirs={formOf(theirs)}
            onClose={() => setTheirs(null)}
            onKeepMine={() => {
              setSeen(theirs);
              setTheirs(null);
            }}
            onTakeTheirs={() => {
              adopt(theirs);
              setTheirs(null);
            }}
          />
        )}
      </Page>
    </FormProvider>
  );
}

function useSave(
  seen: ManagedPromotion | null,
  adopt: (present: ManagedPromotion) => void,
  onConflict: (theirs: ManagedPromotion | null) => void,
  onRefused: (field: keyof PromotionForm, message: string) => void,
) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: (values: PromotionForm) => savePromotion(values, seen),
    onSuccess: async (id) => {
      await queries.invalidateQueries({ queryKey: ['promotions'] });
      const present = await readPromotion(id);
      queries.setQueryData(['promotion', id], present);
      toast({ text: t('promotion.done.saved') });
      if (seen === null) go(`/promotions/${id}`, { replace: true });
      else if (present) adopt(present);
    },
    onError: async (error) => {
      if (isConflict(error) && seen) return onConflict(await readPromotion(seen.id));
      const field = error instanceof RefusalError ? fieldOfRefusal(error.refusal.field ?? []) : null;
      if (field) onRefused(field, error.message);
    },
  });
}

function PromotionBreadcrumb({ name }: { readonly name: string }) {
  const { t } = useI18n();
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/promotions">{t('nav.promotions')}</Link>
    </TextLink>
  );
  return <Breadcrumb label={t('nav.promotions')} parents={[{ key: 'promotions', link }]} current={name} />;
}

function DeleteButton({ promotion }: { readonly promotion: ManagedPromotion }) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const remove = useMutation({
    mutationFn: () => deletePromotion(promotion),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['promotions'] });
      toast({ text: t('promotion.done.deleted', { name: promotion.name }) });
      go('/promotions');
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
  });
  return (
    <Button loading={remove.isPending} onClick={() => remove.mutate()}>
      {t('promotion.delete')}
    </Button>
  );
}
