import { randomUUID } from 'node:crypto';
import { systemContext } from '@souk/kit/context';
import type { Client } from 'pg';
import type { Subgraphs } from '@souk/deployment/subgraphs';

/** A product to create, with one variant and its units in two warehouses. Orders take units from NORTH first. */
interface Offer {
  readonly north: number;
  readonly south: number;
  /** Price in EUR. @default '10.00' */
  readonly price?: string;
  /** The SKU. @default a random SKU */
  readonly sku?: string;
  /** The name. @default a name that contains the SKU */
  readonly name?: string;
}

/** A product with one variant that the shop sells. */
export interface Article {
  readonly sku: string;
  readonly variantId: string;
  readonly name: string;
}

/** Two tenants, each with an owner: the shop, and the rival, which must not see data of the shop. */
export interface TestShop {
  readonly tenantId: string;
  readonly rivalTenantId: string;
  readonly warehouses: Readonly<Record<'NORTH' | 'SOUTH', string>>;
  /** Creates a product. @param tenantId the seller's tenant, by default the shop */
  offer(offer: Offer, tenantId?: string): Promise<Article>;
}

/** The host of the shop. Requests to this host need not name the tenant in a header. */
const SHOP_HOST = '127.0.0.1';
export const OWNER = { email: 'owner@shop.test', password: 'a long password of the shop' };
export const RIVAL_OWNER = { email: 'owner@rival.test', password: 'a long password of the rival' };

/** Creates the two tenants. @param admin a database connection that reads the ids of imported objects */
export async function seedShop(subgraphs: Subgraphs, admin: Client): Promise<TestShop> {
  const tenantId = await seedTenant(subgraphs, 'shop', [SHOP_HOST], OWNER);
  const rivalTenantId = await seedTenant(subgraphs, 'rival', [], RIVAL_OWNER);
  const warehouses = await warehouseIds(admin, tenantId);
  return {
    tenantId,
    rivalTenantId,
    warehouses,
    offer: (terms, seller = tenantId) => offer(subgraphs, admin, seller, terms),
  };
}

const WAREHOUSES = [
  { code: 'NORTH', name: 'North', address: { countryCode: 'DE' }, priority: 0 },
  { code: 'SOUTH', name: 'South', address: { countryCode: 'DE' }, priority: 1 },
];

async function seedTenant(
  { accounts, inventory, orders }: Subgraphs,
  slug: string,
  hosts: readonly string[],
  owner: typeof OWNER,
): Promise<string> {
  const { id: tenantId } = await accounts.services.createTenant({ slug, name: slug, hosts });
  await accounts.services.createUser({ tenantId, ...owner, role: 'OWNER' });
  const platform = systemContext(tenantId, 'test', randomUUID());
  await inventory.services.importStock(platform, { warehouses: WAREHOUSES, levels: [] });
  await orders.services.importTaxRates(platform, [{ countryCode: 'DE', basisPoints: 1900 }]);
  await orders.services.importShippingMethods(platform, [
    { code: 'standard', name: 'Standard', countryCodes: ['DE'], prices: [{ currencyCode: 'EUR', price: '4.90' }] },
  ]);
  return tenantId;
}

async function offer(
  { catalog, inventory }: Subgraphs,
  admin: Client,
  tenantId: string,
  {
    north,
    south,
    price = '10.00',
    sku = `SKU-${randomUUID().slice(0, 8).toUpperCase()}`,
    name = `Article ${sku}`,
  }: Offer,
): Promise<Article> {
  const platform = systemContext(tenantId, 'test', randomUUID());
  const variants = [{ sku, prices: [{ amount: price, currency: 'EUR' }] }];
  await catalog.services.importProducts(platform, [{ name, baseSku: sku, status: 'PUBLISHED', variants }]);
  await inventory.services.importStock(platform, {
    warehouses: [],
    levels: [
      { warehouseCode: 'NORTH', sku, onHand: north },
      { warehouseCode: 'SOUTH', sku, onHand: south },
    ],
  });
  const { rows } = await admin.query<{ id: string }>('select id from catalog.product_variant where sku = $1', [sku]);
  const [variant] = rows;
  if (!variant) throw new Error(`The catalog did not import the variant "${sku}".`);
  return { sku, name, variantId: variant.id };
}

async function warehouseIds(admin: Client, tenantId: string): Promise<TestShop['warehouses']> {
  const { rows } = await admin.query<{ code: string; id: string }>(
    'select code, id from inventory.warehouse where tenant_id = $1',
    [tenantId],
  );
  const idOf = new Map(rows.map(({ code, id }) => [code, id]));
  return { NORTH: required(idOf, 'NORTH'), SOUTH: required(idOf, 'SOUTH') };
}

function required(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (!id) throw new Error(`The inventory did not import the warehouse "${key}".`);
  return id;
}
