import { Breadcrumb, Button, Skeleton, TextLink } from '@souk/ui';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { ConflictDialog } from '../page/conflict-dialog.tsx';
import { LoadError, NotFound } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { ReasonDialog } from '../page/reason-dialog.tsx';
import { Status } from '../page/status.tsx';
import { ReturnsCard } from './returns/returns-card.tsx';
import { useMay } from '../session/use-session.ts';
import { CustomerCard } from './customer-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { LinesCard } from './lines-card.tsx';
import { NotesCard } from './notes-card.tsx';
import { RemarksCard } from './remarks-card.tsx';
import { TagsCard } from './tags-card.tsx';
import { MoneyCard } from './money-card.tsx';
import { canCancel } from './next-steps.ts';
import { changedFacts } from './order-facts.ts';
import { ParcelsCard } from './parcels-card.tsx';
import { PaymentsCard } from './payments-card.tsx';
import { useOrderAction, type OrderActions } from './use-order-action.ts';
import { useOrder, type ManagedOrder } from './use-order.ts';

export function OrderPage() {
  const { id } = useParams<{ id: string }>();
  const found = useOrder(id);
  if (found.isPending) return <OrderSkeleton />;
  if (found.isError) return <LoadError isPage error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === null ? <NotFound /> : <LoadedOrder order={found.data} />;
}

function LoadedOrder({ order }: { readonly order: ManagedOrder }) {
  const { t, dateTime } = useI18n();
  const may = useMay();
  const actions = useOrderAction(order.id);
  return (
    <Page
      title={t('order.title', { number: order.number })}
      above={<OrderBreadcrumb number={order.number} />}
      beside={
        <>
          <Status of="order.status" value={order.status} />
          <Status of="order.paymentStatus" value={order.paymentStatus} />
          <Status of="order.fulfillmentStatus" value={order.fulfillmentStatus} />
        </>
      }
      actions={may('orders:write') && canCancel(order) && <CancelAction order={order} actions={actions} />}
    >
      <p className="-mt-3 text-14 text-ink-3">{t('order.placedAt', { time: dateTime(order.placedAt) })}</p>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <ParcelsCard order={order} actions={actions} />
          <LinesCard order={order} />
          <ReturnsCard order={order} />
          <MoneyCard order={order} />
          {may('payments:read') && <PaymentsCard order={order} actions={actions} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CustomerCard order={order} />
          <RemarksCard order={order} />
          <TagsCard order={order} actions={actions} />
          <NotesCard order={order} actions={actions} />
          <HistoryCard order={order} />
        </div>
      </div>
      <OrderConflictDialog actions={actions} />
    </Page>
  );
}

function OrderBreadcrumb({ number }: { readonly number: string }) {
  const { t } = useI18n();
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/orders">{t('nav.orders')}</Link>
    </TextLink>
  );
  return <Breadcrumb label={t('nav.orders')} parents={[{ key: 'orders', link }]} current={number} />;
}

function CancelAction({ order, actions }: { readonly order: ManagedOrder; readonly actions: OrderActions }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className="text-bad" onClick={() => setOpen(true)}>
        {t('order.action.cancel')}
      </Button>
      <ReasonDialog
        title={t('order.cancel.title', { number: order.number })}
        description={t('order.cancel.text')}
        keep={t('order.cancel.keep')}
        submit={t('order.cancel.submit')}
        open={open}
        onClose={() => setOpen(false)}
        onReason={(reason) => actions.run({ kind: 'CANCEL', reason }, order)}
      />
    </>
  );
}

function OrderConflictDialog({ actions }: { readonly actions: OrderActions }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { conflict } = actions;
  const rows = conflict ? changedFacts(conflict.seen, conflict.now, i18n) : [];
  return (
    <ConflictDialog
      open={conflict !== null}
      onClose={actions.dismissConflict}
      mineLabel={t('conflict.seen')}
      rows={rows.map(({ label, seen, now }) => ({ label: t(label), mine: seen, theirs: now }))}
      actions={
        <>
          <Button onClick={actions.runAnyway}>{t('conflict.again')}</Button>
          <Button kind="primary" onClick={actions.dismissConflict}>
            {t('conflict.takeTheirs')}
          </Button>
        </>
      }
    />
  );
}

function OrderSkeleton() {
  return (
    <div className="mx-auto flex max-w-[80rem] flex-col gap-4 px-4 py-6 md:px-8">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-8 w-72" />
      <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
    </div>
  );
}
