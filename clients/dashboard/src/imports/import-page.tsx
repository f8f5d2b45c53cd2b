import { ImportCancelDocument } from '@souk/sdk';
import { Badge, Breadcrumb, Button, Card, Notice, TextLink, useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, NotFound, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { hasEnded } from './import-format.ts';
import type { ProductImport } from './import-file.ts';
import { ProblemsCard } from './problems-card.tsx';
import { importKey, useImport } from './use-import.ts';

/** The page of one import: its progress, counts, notices and problems. */
export function ImportPage() {
  const { id } = useParams<{ id: string }>();
  const found = useImport(id);
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <LoadError isPage error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === null ? <NotFound /> : <LoadedImport run={found.data} />;
}

function LoadedImport({ run }: { readonly run: ProductImport }) {
  const { t, dateTime } = useI18n();
  const title = run.fileName ?? t(`imports.kind.${run.kind}`);
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/imports">{t('imports.title')}</Link>
    </TextLink>
  );
  return (
    <Page
      title={title}
      above={<Breadcrumb label={t('imports.title')} parents={[{ key: 'imports', link }]} current={title} />}
      beside={
        <>
          <Status of="import.status" value={run.status} />
          {run.dryRun && <Badge>{t('imports.dryRun')}</Badge>}
        </>
      }
      actions={!hasEnded(run.status) && <CancelButton id={run.id} />}
    >
      <p className="-mt-3 text-14 text-ink-3">
        {t(`imports.kind.${run.kind}`)}, {dateTime(run.createdAt)}
      </p>
      {run.failure !== null && <Notice tone="bad">{run.failure}</Notice>}
      <CountsCard run={run} />
      {run.notices.length > 0 && (
        <Card title={t('imports.notices')}>
          <ul className="flex flex-col gap-1 text-14">
            {run.notices.map(({ column, message }) => (
              <li key={column}>
                <span className="font-medium">{column}</span>: {message}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {run.problemCount > 0 && <ProblemsCard id={run.id} count={run.problemCount} hasEnded={hasEnded(run.status)} />}
    </Page>
  );
}

function CountsCard({ run }: { readonly run: ProductImport }) {
  const { t, number } = useI18n();
  const counts = [
    [t('imports.rows'), run.rowCount],
    [t('imports.created'), run.createdCount],
    [t('imports.updated'), run.updatedCount],
    [t('imports.skipped'), run.skippedCount],
    [t('imports.failed'), run.failedCount],
  ] as const;
  const isOpen = !hasEnded(run.status);
  return (
    <Card title={t(run.dryRun ? 'imports.result.dryRun' : 'imports.result')}>
      {isOpen && (
        <div className="mb-4 flex items-center gap-3 text-14">
          <progress
            value={run.progress}
            max={100}
            aria-label={t('imports.progress')}
            className="h-1.5 min-w-0 flex-1 accent-accent"
          />
          <span className="tabular-nums">{run.progress} %</span>
        </div>
      )}
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-5" aria-live="polite">
        {counts.map(([label, count]) => (
          <div key={label}>
            <dt className="text-14 text-ink-3">{label}</dt>
            <dd className="text-22 font-semibold tabular-nums">{number(count)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function CancelButton({ id }: { readonly id: string }) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: async () => {
      const input = { idempotencyKey: newIdempotencyKey(), id };
      accepted((await souk.run(ImportCancelDocument, { input })).importCancel);
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: importKey(id) }),
  });
  return (
    <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
      {t('imports.cancel')}
    </Button>
  );
}
