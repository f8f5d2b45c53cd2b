import type { DemoLogin } from '@souk/deployment/start';

/** A company. Its VAT id is invented, but has valid check digits. */
export interface DemoCompany {
  readonly name: string;
  readonly vatId: string;
}

/**
 * A customer of a demo shop with an account. Demo orders have the same email address, so they appear in the account.
 */
export interface DemoShopper {
  readonly email: string;
  readonly password: string;
  /** The company for which the shopper buys. @default none */
  readonly company?: DemoCompany;
  /** The SKUs in the wishlist of the shopper. @default none */
  readonly wishlist?: readonly string[];
  /** The postal addresses. The first address is the default for deliveries, the last address for invoices. */
  readonly addresses: readonly Readonly<
    Record<'name' | 'line1' | 'postalCode' | 'city' | 'countryCode' | 'phone', string>
  >[];
}

/** A shop of the demo data. */
export interface DemoTenant {
  /** A fixed id. Scripts and bookmarks keep working after the data folder was deleted. */
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Host name of the shop. Names below `localhost` resolve to this machine (RFC 6761). */
  readonly host: string;
  readonly owner: { readonly email: string; readonly password: string };
  /** Companies without members. @default none */
  readonly companies?: readonly DemoCompany[];
  readonly shopper?: DemoShopper;
  /** A staff member who is not an owner. */
  readonly staff: { readonly email: string; readonly password: string };
}

/** The tenant of requests that do not select a tenant. */
export const DEMO_TENANT: DemoTenant = {
  id: '5a0c0de0-0000-4000-8000-000000000001',
  slug: 'demo',
  name: 'Souk Demo',
  host: 'demo.localhost',
  owner: { email: 'owner@demo.test', password: 'demo-owner-password' },
  companies: [{ name: 'Deux Quais SARL', vatId: 'FR11123456782' }],
  shopper: {
    email: 'buyer-hamburg@example.test',
    password: 'demo-shopper-password',
    wishlist: ['LAMP-MUSH-ROS', 'THRW-ALPA-OAT', 'BORD-ENDG-L'],
    addresses: [
      {
        name: 'Recipient in Hamburg',
        line1: 'Lindenstraße 12',
        postalCode: '20099',
        city: 'Hamburg',
        countryCode: 'DE',
        phone: '+49 40 428280',
      },
      {
        name: 'Office in Altona',
        line1: 'Große Bergstraße 40',
        postalCode: '22767',
        city: 'Hamburg',
        countryCode: 'DE',
        phone: '040 428280',
      },
    ],
  },
  staff: { email: 'staff@demo.test', password: 'demo-staff-password' },
};

export const ACME_TENANT: DemoTenant = {
  id: '5a0c0de0-0000-4000-8000-000000000002',
  slug: 'acme',
  name: 'Acme Supplies',
  host: 'acme.localhost',
  owner: { email: 'owner@acme.test', password: 'acme-owner-password' },
  shopper: {
    email: 'purchasing@chantier.test',
    password: 'acme-shopper-password',
    company: { name: 'Chantier de la Loire SARL', vatId: 'FR11123456782' },
    addresses: [
      {
        name: 'Chantier de la Loire SARL',
        line1: '2 quai de la Fosse',
        postalCode: '44000',
        city: 'Nantes',
        countryCode: 'FR',
        phone: '+33 2 40 99 48 48',
      },
    ],
  },
  staff: { email: 'staff@acme.test', password: 'acme-staff-password' },
};

/** The logins of the demo shops: the owners, then the shoppers. */
export const DEMO_LOGINS: readonly DemoLogin[] = [
  ...[DEMO_TENANT, ACME_TENANT].map((tenant) => loginOf(tenant, tenant.owner)),
  ...[DEMO_TENANT, ACME_TENANT].flatMap((tenant) => (tenant.shopper ? [loginOf(tenant, tenant.shopper)] : [])),
];

function loginOf({ slug, name, host }: DemoTenant, { email, password }: DemoTenant['owner']): DemoLogin {
  return { tenant: slug, name, host, email, password };
}
