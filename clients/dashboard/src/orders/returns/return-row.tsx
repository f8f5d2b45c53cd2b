import { Button } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { ManagedOrder } from '../use-order.ts';
import { ReasonDialog } from '../../page/reason-dialog.tsx';
import { Status } from '../../page/status.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import type { ListedReturn } from './return-actions.ts';
import { useReturnAction } from './use-return-action.ts';

export interface ReturnRowProps {
  readonly order: ManagedOrder;
  readonly shown: ListedReturn;
  readonly mayWrite: boolean;
}

/** A return with its units, and a button for each decision that its status allows. */
export function ReturnRow({ order, shown, mayWrite }: ReturnRowProps) {
  const { t, dateTime, money } = useI18n();
  const names = new Map(order.lines.map(({ id, name }) => [id, name]));
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0 text-14">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <Status of="return.status" value={shown.status} />
          {shown.number}
        </p>
        {shown.lines.map((line) => (
          <p key={line.id} className="mt-1 text-ink-2">
            {line.quantity} × {names.get(line.orderLineId) ?? ''}: {t(`return.reason.${line.reason}`)}
            {line.note !== null && <span className="text-ink-3"> “{line.note}”</span>}
          </p>
        ))}
        {[shown.note, shown.rejectionReason].map(
          (text) =>
            text !== null && (
              <p key={text} className="mt-1 text-ink-3">
                {text}
              </p>
            ),
        )}
        <p className="text-ink-3">
          {[
            dateTime(shown.receivedAt ?? shown.requestedAt),
            shown.refund && t('returns.refunded', { amount: money(shown.refund.amount) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {mayWrite && <ReturnDecisions order={order} shown={shown} />}
    </li>
  );
}

function ReturnDecisions({ order, shown }: Omit<ReturnRowProps, 'mayWrite'>) {
  const { t } = useI18n();
  const [dialog, setDialog] = useState<'REJECT' | 'RECEIVE' | null>(null);
  const decide = useReturnAction(order.id, shown);
  if (shown.status !== 'REQUESTED' && shown.status !== 'APPROVED') return null;
  const isRequested = shown.status === 'REQUESTED';
  return (
    <div className="flex flex-wrap gap-2">
      {isRequested && (
        <>
          <Button size="small" kind="quiet" onClick={() => setDialog('REJECT')}>
            {t('returns.reject')}
          </Button>
          <Button size="small" loading={decide.isPending} onClick={() => decide.mutate({ kind: 'APPROVE' })}>
            {t('returns.approve')}
          </Button>
        </>
      )}
      <Button size="small" kind={isRequested ? 'secondary' : 'primary'} onClick={() => setDialog('RECEIVE')}>
        {t('returns.receive')}
      </Button>
      {dialog === 'REJECT' && (
        <ReasonDialog
          title={t('returns.reject.title', { number: shown.number })}
          description={t('returns.reject.text')}
          keep={t('action.cancel')}
          submit={t('returns.reject')}
          open
          onClose={() => setDialog(null)}
          onReason={(reason) => decide.mutate({ kind: 'REJECT', reason })}
        />
      )}
      {dialog === 'RECEIVE' && (
        <ReceiveDialog
          order={order}
          shown={shown}
          onClose={() => setDialog(null)}
          onReceive={(arrival) => decide.mutate({ kind: 'RECEIVE', ...arrival })}
        />
      )}
    </div>
  );
}
