import { CustomerOrdersDocument, CustomerShowDocument, type CustomerOrdersQuery } from '@souk/sdk';
import { Breadcrumb, Card, NUMERIC, Skeleton, Table, Td, TextLink } from '@souk/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { souk } from '../api/client.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError, NotFound, RowSkeletons } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { Status } from '../page/status.tsx';
import { useMay } from '../session/use-session.ts';

type ListedOrder = NonNullable<NonNullable<CustomerOrdersQuery['customer']>['orders']>['nodes'][number];

const ORDERS = 50;

/** The page of one customer with the latest orders. */
export function CustomerPage() {
  const { id } = useParams<{ id: string }>();
  const { t } = useI18n();
  const mayReadOrders = useMay()('orders:read');
  const found = useQuery({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => souk.run(CustomerShowDocument, { id }, { signal }),
  });
  if (found.isPending) return <Skeleton className="m-8 h-40" />;
  if (found.isError) return <LoadError isPage error={found.error} onRetry={() => void found.refetch()} />;
  const { customer } = found.data;
  if (!customer) return <NotFound />;
  const name = customer.name ?? customer.email ?? t('customer.noName');
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/customers">{t('nav.customers')}</Link>
    </TextLink>
  );
  return (
    <Page
      title={name}
      above={<Breadcrumb label={t('nav.customers')} parents={[{ key: 'customers', link }]} current={name} />}
    >
      <p className="-mt-3 text-14 break-all text-ink-2">{customer.email}</p>
      {mayReadOrders && <OrdersCard customerId={id} />}
    </Page>
  );
}

function OrdersCard({ customerId }: { readonly customerId: string }) {
  const { t } = useI18n();
  const found = useQuery({
    queryKey: ['customer', customerId, 'orders'],
    queryFn: ({ signal }) => souk.run(CustomerOrdersDocument, { customerId, first: ORDERS }, { signal }),
  });
  return (
    <Card title={t('customer.orders')} flush>
      {found.isPending && <RowSkeletons count={3} />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <OrderRows orders={found.data.customer?.orders?.nodes ?? []} />}
    </Card>
  );
}

function OrderRows({ orders }: { readonly orders: readonly ListedOrder[] }) {
  const { money, date } = useI18n();
  return (
    <Table>
      <tbody>
        {orders.map((order) => (
          <tr key={order.id} className="relative last:*:border-b-0 hover:bg-hover">
            <Td className="ps-4">
              <Link href={`/orders/${order.id}`} className="font-medium after:absolute after:inset-0">
                {order.number}
              </Link>
            </Td>
            <Td className="text-ink-2">{date(order.placedAt)}</Td>
            <Td className="hidden sm:table-cell">
              <Status of="order.status" value={order.status} />
            </Td>
            <Td className={`${NUMERIC} pe-4`}>{money(order.totals.total)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
