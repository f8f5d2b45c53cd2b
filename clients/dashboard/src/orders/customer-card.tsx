import { Card, TextLink } from '@souk/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useMay } from '../session/use-session.ts';
import type { ManagedOrder } from './use-order.ts';

/** The card with the buyer and the addresses of an order. */
export function CustomerCard({ order }: { readonly order: ManagedOrder }) {
  const { t } = useI18n();
  const may = useMay();
  const { customer, email, shippingAddress, billingAddress } = order;
  return (
    <Card title={t('order.customer')}>
      <div className="flex flex-col gap-4 text-14">
        <p>
          {customer && may('customers:read') ? (
            <TextLink asChild>
              <Link href={`/customers/${customer.id}`}>{customer.name ?? customer.email ?? t('customer.noName')}</Link>
            </TextLink>
          ) : (
            shippingAddress.name
          )}
          <span className="block break-words text-ink-2">{email}</span>
        </p>
        <AddressPart title={t('order.shipTo')} address={shippingAddress} />
        {billingAddress && <AddressPart title={t('order.billTo')} address={billingAddress} />}
      </div>
    </Card>
  );
}

interface AddressPartProps {
  readonly title: string;
  readonly address: ManagedOrder['shippingAddress'];
}

function AddressPart({ title, address }: AddressPartProps): ReactNode {
  const { language } = useI18n();
  const country = new Intl.DisplayNames(language, { type: 'region' }).of(address.countryCode);
  const place = [address.postalCode, address.city, address.region].filter(Boolean).join(' ');
  const lines = [address.name, address.line1, address.line2, place, country, address.phone];
  return (
    <div>
      <h3 className="mb-1 text-12 font-medium text-ink-3">{title}</h3>
      <address className="not-italic">
        {lines.filter(Boolean).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
    </div>
  );
}
