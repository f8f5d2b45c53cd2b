import { Breadcrumb, Button, Notice, TextLink, useToast } from '@souk/ui';
import { likelyCountry } from '@souk/ui/countries';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { Link, useLocation, useParams } from 'wouter';
import { isConflict } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { ConfirmDialog } from '../page/confirm-dialog.tsx';
import { ConflictNotice } from '../page/conflict-notice.tsx';
import { LoadError, NotFound, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';
import { BuyerCard } from './buyer-card.tsx';
import { deleteDraft, draftKey, readDraft } from './draft-actions.ts';
import type { DraftOrder } from './draft-form.ts';
import { LinesCard } from './lines-card.tsx';
import { AmountsCard, PaymentLinkCard } from './summary-cards.tsx';
import { useDraft } from './use-draft.ts';

const NEW = 'new';

/** The page to create or change a draft order, and to send its payment link. */
export function DraftPage() {
  const { id } = useParams<{ id: string }>();
  const may = useMay();
  const found = useQuery({
    queryKey: draftKey(id),
    queryFn: ({ signal }) => readDraft(id, signal),
    enabled: id !== NEW,
  });
  if (id === NEW) return may('orders:write') ? <DraftEditor key={id} latest={null} /> : <NotFound />;
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <LoadError isPage error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === null ? <NotFound /> : <DraftEditor key={id} latest={found.data} />;
}

function DraftEditor({ latest }: { readonly latest: DraftOrder | null }) {
  const { t, date } = useI18n();
  const { form, seen, theirs, save, submit, keepMine, takeTheirs } = useDraft(
    latest,
    likelyCountry(navigator.languages),
  );
  const mayWrite = useMay()('orders:write') && (seen === null || seen.status === 'DRAFT');
  const title = seen ? t('draft.title', { date: date(seen.createdAt) }) : t('drafts.create');
  const failure = save.error && !isConflict(save.error) ? save.error : null;
  return (
    <FormProvider {...form}>
      <Page
        title={title}
        above={<DraftBreadcrumb name={title} />}
        beside={seen && <Status of="order.status" value={seen.status} />}
        actions={mayWrite && seen && <DeleteButton draft={seen} />}
      >
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        {theirs && <ConflictNotice text={t('draft.conflict')} onKeepMine={keepMine} onTakeTheirs={takeTheirs} />}
        {seen?.order && (
          <Notice tone="good">
            <TextLink asChild>
              <Link href={`/orders/${seen.order.id}`}>{t('draft.placed', { number: seen.order.number })}</Link>
            </TextLink>
          </Notice>
        )}
        <form noValidate onSubmit={(event) => void submit(event)}>
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(18rem,2fr)]">
            <fieldset disabled={!mayWrite} className="flex min-w-0 flex-col gap-4">
              <LinesCard />
              <BuyerCard draft={seen} />
            </fieldset>
            <div className="flex min-w-0 flex-col gap-4">
              {mayWrite && (
                <Button kind="primary" type="submit" loading={save.isPending}>
                  {t(seen ? 'action.save' : 'draft.create')}
                </Button>
              )}
              {seen && <AmountsCard draft={seen} />}
              {seen && <PaymentLinkCard draft={seen} />}
            </div>
          </div>
        </form>
      </Page>
    </FormProvider>
  );
}

function DraftBreadcrumb({ name }: { readonly name: string }) {
  const { t } = useI18n();
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/draft-orders">{t('drafts.title')}</Link>
    </TextLink>
  );
  return <Breadcrumb label={t('drafts.title')} parents={[{ key: 'drafts', link }]} current={name} />;
}

function DeleteButton({ draft }: { readonly draft: DraftOrder }) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => deleteDraft(draft),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['draft-orders'] });
      toast({ text: t('draft.done.deleted') });
      go('/draft-orders');
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
  });
  return (
    <>
      <Button loading={remove.isPending} onClick={() => setAsking(true)}>
        {t('draft.delete')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        title={t('draft.delete.title')}
        description={t('draft.delete.text')}
        confirm={t('draft.delete')}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}
