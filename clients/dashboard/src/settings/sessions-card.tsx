import { SessionEndDocument, SessionListDocument } from '@souk/sdk';
import { Button, Card, Skeleton, useToast } from '@souk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { sessionIdOf } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';

const SESSIONS = 50;

/** The card with the user's open sessions, and a button to end each. */
export function SessionsCard() {
  const { t, dateTime, ago } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const own = sessionIdOf(useSession()?.accessToken ?? '');
  const found = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => souk.run(SessionListDocument, { first: SESSIONS }, { signal }),
  });
  const end = useMutation({
    mutationFn: async (id: string) => {
      const input = { idempotencyKey: newIdempotencyKey(), id };
      return accepted((await souk.run(SessionEndDocument, { input })).sessionEnd);
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <Card title={t('sessions.title')}>
      {found.isPending && <Skeleton className="h-20" />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      <ul className="flex flex-col gap-4 text-14">
        {(found.data?.sessions?.nodes ?? []).map(({ id, createdAt, lastUsedAt, clientAddress }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3">
            <div className="min-w-0">
              <p className="font-medium">{t('sessions.since', { time: dateTime(createdAt) })}</p>
              <p className="break-all text-ink-3">
                {[clientAddress, lastUsedAt && t('sessions.used', { time: ago(lastUsedAt) })]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {id === own ? (
              <span className="text-ink-2">{t('sessions.own')}</span>
            ) : (
              <Button size="small" disabled={end.isPending} onClick={() => end.mutate(id)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
