import { ImportListDocument } from '@souk/sdk';
import { Badge, Button, Card, EmptyState, NUMERIC, Table, Td, Th } from '@souk/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { Link } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { ExportCard } from './export-card.tsx';
import type { ProductImport } from './import-file.ts';
import { NewImportCard } from './new-import-card.tsx';

const PAGE_SIZE = 50;

/** The page that imports and exports products, with the imports of the last 30 days. */
export function ImportsPage() {
  const { t } = useI18n();
  const found = useImports();
  const imports = found.data?.pages.flatMap((page) => page.imports?.nodes ?? []) ?? [];
  return (
    <Page title={t('imports.title')}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <NewImportCard />
        <ExportCard />
      </div>
      <Card title={t('imports.past')} flush>
        {found.isPending && <RowSkeletons count={3} />}
        {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
        {found.isSuccess && imports.length === 0 && (
          <EmptyState
            icon={<FileUp aria-hidden className="size-8" strokeWidth={1.5} />}
            title={t('imports.empty.title')}
            text={t('imports.empty.text')}
          />
        )}
        {imports.length > 0 && <ImportTable imports={imports} />}
      </Card>
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </Page>
  );
}

function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam, signal }) =>
      souk.run(ImportListDocument, { first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ imports }) => (imports?.pageInfo.hasNextPage ? imports.pageInfo.endCursor : null),
  });
}

function ImportTable({ imports }: { readonly imports: readonly ProductImport[] }) {
  const { t, number, dateTime } = useI18n();
  return (
    <Table>
      <thead>
        <tr>
          <Th className="ps-4">{t('imports.column.file')}</Th>
          <Th>{t('imports.column.status')}</Th>
          <Th className={`${NUMERIC} hidden md:table-cell`}>{t('imports.created')}</Th>
          <Th className={`${NUMERIC} hidden md:table-cell`}>{t('imports.updated')}</Th>
          <Th className={NUMERIC}>{t('imports.failed')}</Th>
          <Th className={`${NUMERIC} hidden pe-4 lg:table-cell`}>{t('imports.column.started')}</Th>
        </tr>
      </thead>
      <tbody>
        {imports.map(({ id, fileName, kind, status, dryRun, createdCount, updatedCount, failedCount, createdAt }) => (
          <tr key={id} className="relative last:*:border-b-0 hover:bg-hover">
            <Td className="ps-4">
              <Link href={`/imports/${id}`} className="font-medium break-all after:absolute after:inset-0">
                {fileName ?? t(`imports.kind.${kind}`)}
              </Link>{' '}
              {dryRun && <Badge>{t('imports.dryRun')}</Badge>}
            </Td>
            <Td>
              <Status of="import.status" value={status} />
            </Td>
            <Td className={`${NUMERIC} hidden md:table-cell`}>{number(createdCount)}</Td>
            <Td className={`${NUMERIC} hidden md:table-cell`}>{number(updatedCount)}</Td>
            <Td className={failedCount > 0 ? `${NUMERIC} text-bad` : NUMERIC}>{number(failedCount)}</Td>
            <Td className={`${NUMERIC} hidden pe-4 text-ink-3 lg:table-cell`}>{dateTime(createdAt)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
