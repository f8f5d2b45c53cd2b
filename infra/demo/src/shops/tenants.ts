import type { DemoLogin } from '@souk/deployment/start';

/** A shop of the demo data. */
export interface DemoTenant {
  /** The id. It is fixed, so that scripts and bookmarks keep working after a start with an empty data folder. */
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Host name of the shop. Names below `localhost` resolve to this machine (RFC 6761). */
  readonly host: string;
  readonly owner: { readonly email: string; readonly password: string };
  /** A member of the staff who is no owner. */
  readonly staff: { readonly email: string; readonly password: string };
}

/** The tenant for requests that name no tenant. */
export const DEMO_TENANT: DemoTenant = {
  id: '5a0c0de0-0000-4000-8000-000000000001',
  slug: 'demo',
  name: 'Souk Demo',
  host: 'demo.localhost',
  owner: { email: 'owner@demo.test', password: 'demo-owner-password' },
  staff: { email: 'staff@demo.test', password: 'demo-staff-password' },
};

export const ACME_TENANT: DemoTenant = {
  id: '5a0c0de0-0000-4000-8000-000000000002',
  slug: 'acme',
  name: 'Acme Supplies',
  host: 'acme.localhost',
  owner: { email: 'owner@acme.test', password: 'acme-owner-password' },
  staff: { email: 'staff@acme.test', password: 'acme-staff-password' },
};

export const DEMO_LOGINS: readonly DemoLogin[] = [DEMO_TENANT, ACME_TENANT].map(({ slug, name, host, owner }) => ({
  tenant: slug,
  name,
  host,
  ...owner,
}));
