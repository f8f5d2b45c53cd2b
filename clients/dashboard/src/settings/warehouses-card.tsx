import { WarehousesDocument, WarehouseUpdateDocument, type WarehousesQuery } from '@souk/sdk';
import { Card, Skeleton, StatusPill, Switch, useToast } from '@souk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { useMay } from '../session/use-session.ts';

type ListedWarehouse = NonNullable<WarehousesQuery['warehouses']>['nodes'][number];

const WAREHOUSES = 200;

/** The card with the warehouses, by the priority with which orders use their stock. */
export function WarehousesCard() {
  const { t } = useI18n();
  const found = useQuery({
    queryKey: ['warehouses'],
    queryFn: ({ signal }) => souk.run(WarehousesDocument, { first: WAREHOUSES }, { signal }),
  });
  return (
    <Card title={t('settings.warehouses')}>
      <p className="mb-4 text-14 text-ink-3">{t('settings.warehouse.priority')}</p>
      {found.isPending && <Skeleton className="h-20" />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      <ul className="flex flex-col gap-4">
        {(found.data?.warehouses?.nodes ?? []).map((warehouse) => (
          <WarehouseRow key={warehouse.id} warehouse={warehouse} />
        ))}
      </ul>
    </Card>
  );
}

function WarehouseRow({ warehouse }: { readonly warehouse: ListedWarehouse }) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const mayWrite = useMay()('stock:write');
  const change = useMutation({
    mutationFn: async (active: boolean) => {
      const version = warehouse.version;
      const input = {
        idempotencyKey: newIdempotencyKey(),
        id: warehouse.id,
        active,
        ...(version !== null && { expectedVersion: version }),
      };
      return accepted((await souk.run(WarehouseUpdateDocument, { input })).warehouseUpdate);
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['warehouses'] }),
  });
  const place = [warehouse.code, warehouse.address?.city, warehouse.address?.countryCode].filter(Boolean).join(' · ');
  // The switch shows the new state immediately, and returns to the earlier state when the server refuses the change.
  const isActive = change.isPending ? change.variables : (warehouse.active ?? true);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 text-14">
      <div>
        <p className="font-medium">{warehouse.name}</p>
        <p className="text-ink-3">{place}</p>
      </div>
      {mayWrite ? (
        <Switch
          checked={isActive}
          label={t('settings.warehouse.active')}
          onChange={(active) => change.mutate(active)}
        />
      ) : (
        <StatusPill tone={isActive ? 'good' : 'neutral'}>
          {t(isActive ? 'settings.warehouse.active' : 'settings.warehouse.inactive')}
        </StatusPill>
      )}
    </li>
  );
}
