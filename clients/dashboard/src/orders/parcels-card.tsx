import { Button, Card, TextLink } from '@souk/ui';
import { PackageCheck, PackageOpen, Truck } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';
import { nextStep } from './next-steps.ts';
import { ShipDialog } from './ship-dialog.tsx';
import type { OrderActions } from './use-order-action.ts';
import type { ManagedOrder, Parcel } from './use-order.ts';

const ICON = { className: 'size-4', strokeWidth: 1.75, 'aria-hidden': true } as const;

export interface ParcelsCardProps {
  readonly order: ManagedOrder;
  readonly actions: OrderActions;
}

/** The card with the parcels of an order by warehouse, with the next action. */
export function ParcelsCard({ order, actions }: ParcelsCardProps) {
  const { t } = useI18n();
  const mayWrite = useMay()('orders:write');
  const step = nextStep(order);
  const isOpen = order.status === 'CONFIRMED' && order.openQuantity > 0;
  return (
    <Card
      title={t('order.parcels')}
      flush
      aside={
        mayWrite &&
        isOpen && (
          <Button
            size="small"
            kind={step?.kind === 'PACK' ? 'primary' : 'secondary'}
            icon={<PackageOpen {...ICON} />}
            loading={actions.running === 'PACK'}
            onClick={() => actions.run({ kind: 'PACK' }, order)}
          >
            {t('order.action.pack')}
          </Button>
        )
      }
    >
      {order.fulfillments.length === 0 ? (
        <p className="p-4 text-14 text-ink-2">
          {isOpen ? t('order.parcels.none', { open: order.openQuantity }) : t('order.next.done')}
        </p>
      ) : (
        <ul>
          {order.fulfillments.map((parcel) => (
            <ParcelRow key={parcel.id} order={order} parcel={parcel} actions={actions} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
    </Card>
  );
}

interface ParcelRowProps extends ParcelsCardProps {
  readonly parcel: Parcel;
  readonly mayWrite: boolean;
}

function ParcelRow({ order, parcel, actions, mayWrite }: ParcelRowProps) {
  const { t, dateTime } = useI18n();
  const names = new Map(order.lines.map(({ id, name }) => [id, name]));
  const tracking = [parcel.carrier, parcel.trackingNumber].filter(Boolean).join(' ');
  const at = parcel.deliveredAt ?? parcel.shippedAt ?? parcel.createdAt;
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0 text-14">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <Status of="fulfillment.status" value={parcel.status} />
          {parcel.warehouse && t('order.parcel.from', { warehouse: parcel.warehouse.code })}
        </p>
        <p className="mt-1 text-ink-2">
          {parcel.lines.map(({ orderLineId, quantity }) => `${quantity} × ${names.get(orderLineId) ?? ''}`).join(', ')}
        </p>
        <p className="text-ink-3">
          {parcel.trackingUrl === null ? (
            tracking
          ) : (
            <TextLink asChild>
              <a href={parcel.trackingUrl} target="_blank" rel="noopener noreferrer">
                {tracking || t('order.ship.tracking')}
              </a>
            </TextLink>
          )}
          {(parcel.trackingUrl !== null || tracking !== '') && ' · '}
          {dateTime(at)}
        </p>
      </div>
      {mayWrite && <ParcelActions order={order} parcel={parcel} actions={actions} />}
    </li>
  );
}

function ParcelActions({ order, parcel, actions }: Omit<ParcelRowProps, 'mayWrite'>) {
  const { t } = useI18n();
  const [shipping, setShipping] = useState(false);
  const { id: fulfillmentId, status } = parcel;
  if (status === 'SHIPPED') {
    return (
      <Button
        size="small"
        icon={<PackageCheck {...ICON} />}
        onClick={() => actions.run({ kind: 'DELIVER', fulfillmentId }, order)}
      >
        {t('order.action.deliver')}
      </Button>
    );
  }
  if (status !== 'PENDING') return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" kind="quiet" onClick={() => actions.run({ kind: 'UNPACK', fulfillmentId }, order)}>
        {t('order.action.unpack')}
      </Button>
      <Button size="small" kind="primary" icon={<Truck {...ICON} />} onClick={() => setShipping(true)}>
        {t('order.action.ship')}
      </Button>
      <ShipDialog
        open={shipping}
        onClose={() => setShipping(false)}
        onShip={(tracking) => actions.run({ kind: 'SHIP', fulfillmentId, ...tracking }, order)}
      />
    </div>
  );
}
