import { CustomerAddressDeleteDocument, MyAddressesDocument, MyCustomerDocument, MyOrdersDocument } from '@souk/sdk';
import { useMutationOperation, useOperation } from '@souk/sdk/react';
import { Badge, Button, Skeleton } from '@souk/ui';
import { ChevronRight } from 'lucide-react';
import { Link } from 'wouter';
import { addressLines } from '../address/address-fields.ts';
import { countryName } from '../i18n/format.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { useSignedIn } from '../session/session-store.ts';
import { SignInForm } from './sign-in-page.tsx';
import { useSignIn } from './use-sign-in.ts';

/** The account of the signed-in customer, otherwise the sign-in form. */
export function AccountPage() {
  return useSignedIn() ? <Account /> : <SignInForm />;
}

function Account() {
  const { t } = useI18n();
  const { leave } = useSignIn();
  const { data, error, isLoading, refetch } = useOperation(MyCustomerDocument, undefined, { staleTime: 0 });
  const customer = data?.me?.customer;
  return (
    <Page title={t('account.title')}>
      <header className="mb-8 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-serif text-36">{t('account.title')}</h1>
          {customer && <p className="text-14 text-ink-2">{customer.email}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button asChild>
            <Link href="/account/wishlist">{t('wishlist.title')}</Link>
          </Button>
          <Button kind="quiet" onClick={() => void leave()}>
            {t('account.signOut')}
          </Button>
        </div>
      </header>
      {isLoading && <Skeleton className="h-64 rounded-card" />}
      {error && <LoadError error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className="grid gap-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-16">
          <Orders />
          <Addresses />
        </div>
      )}
    </Page>
  );
}

function Orders() {
  const { t, money, dateTime } = useI18n();
  const { data } = useOperation(MyOrdersDocument, { first: 50 }, { staleTime: 0 });
  const orders = data?.me?.orders?.nodes ?? [];
  return (
    <section>
      <h2 className="mb-3 text-18 font-semibold">{t('nav.orders')}</h2>
      {data && orders.length === 0 && <p className="text-14 text-ink-2">{t('account.noOrders')}</p>}
      <ul className="flex flex-col border-t empty:border-0">
        {orders.map(({ id, number, placedAt, totals }) => (
          <li key={id} className="relative flex items-center justify-between gap-4 border-b py-4 hover:bg-hover">
            <span>
              <Link href={`/orders/${id}`} className="font-medium after:absolute after:inset-0">
                {t('order.title', { number })}
              </Link>
              <span className="block text-14 text-ink-3">{dateTime(placedAt)}</span>
            </span>
            <span className="ms-auto text-14 tabular-nums">{money(totals.total)}</span>
            <ChevronRight aria-hidden className="size-4 text-ink-3 rtl:rotate-180" strokeWidth={1.75} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Addresses() {
  const { t, locale } = useI18n();
  const { data, refetch } = useOperation(MyAddressesDocument, undefined, { staleTime: 0 });
  const remove = useMutationOperation(CustomerAddressDeleteDocument, { onDone: () => void refetch() });
  const addresses = data?.me?.customer?.addresses ?? [];
  return (
    <section>
      <h2 className="mb-3 text-18 font-semibold">{t('account.addresses')}</h2>
      {data && addresses.length === 0 && <p className="text-14 text-ink-2">{t('account.noAddresses')}</p>}
      <ul className="flex flex-col gap-4">
        {addresses.map(({ id, address, isDefaultShipping, isDefaultBilling }) => (
          <li key={id} className="rounded-card border bg-surface p-4 text-14">
            <address className="leading-relaxed text-ink-2 not-italic">
              {[...addressLines(address), countryName(address.countryCode, locale)].map((line) => (
                <span key={line} className="block">
                  <bdi>{line}</bdi>
                </span>
              ))}
            </address>
            <div className="mt-3 flex flex-wrap items-center gap-2">
              {isDefaultShipping && <Badge>{t('account.defaultShipping')}</Badge>}
              {isDefaultBilling && <Badge>{t('account.defaultBilling')}</Badge>}
              <Button kind="quiet" size="small" className="ms-auto" onClick={() => remove.mutate({ input: { id } })}>
                {t('account.removeAddress')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
