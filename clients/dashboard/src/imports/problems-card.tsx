import { ImportProblemsDocument } from '@souk/sdk';
import { Button, Card, NUMERIC, Table, Td, Th, useToast } from '@souk/ui';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../page/page-states.tsx';
import { downloadErrors } from './download.ts';

const PAGE_SIZE = 50;

export interface ProblemsCardProps {
  readonly id: string;
  readonly count: number;
  /** Whether the import has ended. The file with the failed rows exists from then on. */
  readonly hasEnded: boolean;
}

/** The card with the problems of an import, row by row, and a download of the failed rows for correction. */
export function ProblemsCard({ id, count, hasEnded }: ProblemsCardProps) {
  const { t, number } = useI18n();
  const found = useInfiniteQuery({
    queryKey: ['import-problems', id, count],
    queryFn: ({ pageParam, signal }) =>
      souk.run(ImportProblemsDocument, { id, first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ import: run }) =>
      run?.problems?.pageInfo.hasNextPage ? run.problems.pageInfo.endCursor : null,
  });
  const problems = found.data?.pages.flatMap((page) => page.import?.problems?.nodes ?? []) ?? [];
  return (
    <Card title={t('imports.problems', { count })} flush aside={hasEnded && <ErrorFileButton id={id} />}>
      {found.isPending && <RowSkeletons count={3} />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {problems.length > 0 && (
        <Table label={t('imports.problems', { count })}>
          <thead>
            <tr>
              <Th className={`${NUMERIC} ps-4`}>{t('imports.column.line')}</Th>
              <Th>{t('imports.column.column')}</Th>
              <Th>{t('imports.column.message')}</Th>
              <Th className="hidden pe-4 md:table-cell">{t('imports.column.suggestion')}</Th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ line, column, code, message, suggestion }, index) => (
              <tr key={index} className="align-top last:*:border-b-0">
                <Td className={`${NUMERIC} ps-4`}>{number(line)}</Td>
                <Td className="whitespace-nowrap">{column ?? t('imports.wholeRow')}</Td>
                <Td className="min-w-40">
                  {message} <span className="block text-ink-2 md:hidden">{suggestion}</span>
                  <span className="block text-12 text-ink-3">{code}</span>
                </Td>
                <Td className="hidden min-w-48 pe-4 text-ink-2 md:table-cell">{suggestion ?? '–'}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {found.hasNextPage && (
        <div className="flex justify-center border-t p-3">
          <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('action.loadMore')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function ErrorFileButton({ id }: { readonly id: string }) {
  const { t } = useI18n();
  const toast = useToast();
  const download = useMutation({
    mutationFn: () => downloadErrors(id),
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
  });
  return (
    <Button
      size="small"
      loading={download.isPending}
      icon={<Download aria-hidden className="size-4" strokeWidth={1.75} />}
      onClick={() => download.mutate()}
    >
      {t('imports.errorFile')}
    </Button>
  );
}
