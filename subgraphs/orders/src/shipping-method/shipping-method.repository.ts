import { randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import { type Failure, ok, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import type { Selectable } from 'kysely';
import { jsonb } from '../jsonb.repository.ts';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { ShippingMethodEntity } from './shipping-method.entity.ts';
import type { ShippingMethodSettings, ShippingZoneRate, StoredShippingMethod } from './shipping-method-settings.ts';
import type { DeliveryDays } from './shipping-method.ts';
import type { ShippingPrice } from './shipping-rate.ts';

type PriceRow = Selectable<OrdersDatabase['shipping_method_price']>;
type ZoneRow = Selectable<OrdersDatabase['shipping_method_zone']>;

/** A page of the tenant's methods in their sort order, including inactive methods. */
export async function findShippingMethodPage(
  tx: OrdersTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredShippingMethod>, Failure>> {
  const query = tx.db
    .selectFrom('shipping_method')
    .select(['id', 'version', 'code', 'name', 'sort_order as sortOrder', 'active', 'description', 'translations'])
    .select(['min_delivery_days as minDeliveryDays', 'max_delivery_days as maxDeliveryDays'])
    .select(['excluded_product_ids as excludedProductIds', 'excluded_category_ids as excludedCategoryIds'])
    .where('tenant_id', '=', tx.tenantId);
  const found = await keysetPage(query, {
    sort: [{ by: 'sort_order', direction: 'asc' }],
    id: 'id',
    filter: null,
    page,
  });
  if (!found.ok) return found;
  const children = await findChildren(
    tx,
    found.value.rows.map((row) => row.id),
  );
  return ok(mapPage(found.value, (row) => methodOf(row, children)));
}

/** Locks and returns the method until the end of the transaction. Null when the method is unknown. */
export function lockShippingMethod(
  { em, tenantId }: OrdersTransaction,
  id: string,
): Promise<ShippingMethodEntity | null> {
  return em.findOne(ShippingMethodEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Converts a row to a method. Reads its countries and prices. */
export async function storedShippingMethod(
  tx: OrdersTransaction,
  method: ShippingMethodEntity,
): Promise<StoredShippingMethod> {
  return methodOf(method, await findChildren(tx, [method.id]));
}

/** Inserts a method with its countries and prices. */
export async function insertShippingMethod(
  tx: OrdersTransaction,
  settings: ShippingMethodSettings,
): Promise<StoredShippingMethod> {
  const { id, version } = tx.em.create(ShippingMethodEntity, columnsOf(settings));
  await tx.em.flush();
  const method = { ...settings, id, version };
  await insertChildren(tx, [method]);
  return method;
}

/** Saves a locked method with its countries and prices. Returns the method with its new version. */
export async function saveShippingMethod(
  tx: OrdersTransaction,
  method: ShippingMethodEntity,
  settings: ShippingMethodSettings,
): Promise<StoredShippingMethod> {
  // Without `updatedAt`, the ORM would not increase the version when only countries or prices change.
  Object.assign(method, columnsOf(settings), { updatedAt: new Date() });
  await tx.em.flush();
  const { id, version } = method;
  const saved = { ...settings, id, version };
  await replaceChildren(tx, [saved]);
  return saved;
}

/** Whether the method is the chosen method of any cart, including ordered and abandoned carts. */
export async function isChosen({ db, tenantId }: OrdersTransaction, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('cart')
    .where('tenant_id', '=', tenantId)
    .where('shipping_method_id', '=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a locked method with its countries and prices. */
export async function deleteShippingMethod({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('shipping_method').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** Inserts methods. Overwrites a method whose code already exists. */
export async function upsertShippingMethods(
  tx: OrdersTransaction,
  methods: readonly ShippingMethodSettings[],
): Promise<void> {
  if (methods.length === 0) return;
  const rows = await tx.db
    .insertInto('shipping_method')
    .values(methods.map((method) => ({ tenant_id: tx.tenantId, id: randomUUID(), ...rowOf(method) })))
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'code']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        sort_order: row.ref('excluded.sort_order'),
        active: row.ref('excluded.active'),
        description: row.ref('excluded.description'),
        translations: row.ref('excluded.translations'),
        min_delivery_days: row.ref('excluded.min_delivery_days'),
        max_delivery_days: row.ref('excluded.max_delivery_days'),
        excluded_product_ids: row.ref('excluded.excluded_product_ids'),
        excluded_category_ids: row.ref('excluded.excluded_category_ids'),
      })),
    )
    .returning(['id', 'code'])
    .execute();
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  await replaceChildren(
    tx,
    methods.flatMap((method) => {
      const id = ids.get(method.code);
      return id === undefined ? [] : { ...method, id };
    }),
  );
}

type Whole = ShippingMethodSettings & { readonly id: string };

async function replaceChildren(tx: OrdersTransaction, methods: readonly Whole[]): Promise<void> {
  const ids = methods.map((method) => method.id);
  for (const table of ['shipping_method_country', 'shipping_method_price', 'shipping_method_zone'] as const) {
    await tx.db.deleteFrom(table).where('tenant_id', '=', tx.tenantId).where('shipping_method_id', 'in', ids).execute();
  }
  await insertChildren(tx, methods);
}

async function insertChildren({ db, tenantId }: OrdersTransaction, methods: readonly Whole[]): Promise<void> {
  const owner = (id: string) => ({ tenant_id: tenantId, shipping_method_id: id });
  const countries = methods.flatMap(({ id, countryCodes }) =>
    countryCodes.map((code) => ({ ...owner(id), country_code: code })),
  );
  const prices = methods.flatMap((method) =>
    method.prices.map((price) => ({
      ...owner(method.id),
      currency: price.currency,
      price_minor: price.priceMinor,
      free_from_minor: price.freeFromMinor,
      min_subtotal_minor: price.minSubtotalMinor,
      max_subtotal_minor: price.maxSubtotalMinor,
      min_weight_grams: price.minWeightGrams,
      max_weight_grams: price.maxWeightGrams,
      steps_by: price.stepsBy,
      steps: jsonb(price.steps),
    })),
  );
  const zones = methods.flatMap((method) =>
    method.zoneRates.map(({ zoneId, prices: zonePrices, deliveryDays }) => ({
      ...owner(method.id),
      zone_id: zoneId,
      prices: jsonb(zonePrices),
      min_delivery_days: deliveryDays?.min ?? null,
      max_delivery_days: deliveryDays?.max ?? null,
    })),
  );
  if (countries.length > 0) await db.insertInto('shipping_method_country').values(countries).execute();
  if (prices.length > 0) await db.insertInto('shipping_method_price').values(prices).execute();
  if (zones.length > 0) await db.insertInto('shipping_method_zone').values(zones).execute();
}

interface Children {
  readonly countries: ReadonlyMap<string, readonly { readonly country_code: string }[]>;
  readonly prices: ReadonlyMap<string, readonly PriceRow[]>;
  readonly zones: ReadonlyMap<string, readonly ZoneRow[]>;
}

async function findChildren({ db, tenantId }: OrdersTransaction, ids: readonly string[]): Promise<Children> {
  if (ids.length === 0) return { countries: new Map(), prices: new Map(), zones: new Map() };
  const countries = await db
    .selectFrom('shipping_method_country')
    .where('tenant_id', '=', tenantId)
    .where('shipping_method_id', 'in', ids)
    .selectAll()
    .orderBy('country_code')
    .execute();
  const prices = await db
    .selectFrom('shipping_method_price')
    .where('tenant_id', '=', tenantId)
    .where('shipping_method_id', 'in', ids)
    .selectAll()
    .orderBy('currency')
    .execute();
  const zones = await db
    .selectFrom('shipping_method_zone')
    .where('tenant_id', '=', tenantId)
    .where('shipping_method_id', 'in', ids)
    .selectAll()
    .orderBy('zone_id')
    .execute();
  return {
    countries: Map.groupBy(countries, (row) => row.shipping_method_id),
    prices: Map.groupBy(prices, (row) => row.shipping_method_id),
    zones: Map.groupBy(zones, (row) => row.shipping_method_id),
  };
}

function columnsOf(settings: ShippingMethodSettings) {
  const { code, name, description, translations, deliveryDays, sortOrder, active } = settings;
  const { excludedProductIds, excludedCategoryIds } = settings;
  const days = { minDeliveryDays: deliveryDays?.min ?? null, maxDeliveryDays: deliveryDays?.max ?? null };
  return { code, name, description, translations, ...days, sortOrder, active, excludedProductIds, excludedCategoryIds };
}

function rowOf(settings: ShippingMethodSettings) {
  const { code, name, description, deliveryDays, sortOrder, active } = settings;
  return {
    code,
    name,
    description,
    translations: jsonb(settings.translations),
    min_delivery_days: deliveryDays?.min ?? null,
    max_delivery_days: deliveryDays?.max ?? null,
    excluded_product_ids: jsonb(settings.excludedProductIds),
    excluded_category_ids: jsonb(settings.excludedCategoryIds),
    sort_order: sortOrder,
    active,
  };
}

type MethodColumns = Pick<
  ShippingMethodEntity,
  'id' | 'version' | 'minDeliveryDays' | 'maxDeliveryDays' | Exclude<keyof ReturnType<typeof columnsOf>, 'deliveryDays'>
>;

function methodOf(row: MethodColumns, { countries, prices, zones }: Children): StoredShippingMethod {
  const { id, version, code, name, description, translations, sortOrder, active } = row;
  return {
    id,
    version,
    code,
    name,
    description: description ?? null,
    translations,
    deliveryDays: deliveryDaysOf(row.minDeliveryDays, row.maxDeliveryDays),
    countryCodes: (countries.get(id) ?? []).map((country) => country.country_code),
    prices: (prices.get(id) ?? []).map(priceOf),
    zoneRates: (zones.get(id) ?? []).map(zoneRateOf),
    excludedProductIds: row.excludedProductIds,
    excludedCategoryIds: row.excludedCategoryIds,
    sortOrder,
    active,
  };
}

/** Null when the delivery time is unknown. */
function deliveryDaysOf(min: number | null | undefined, max: number | null | undefined): DeliveryDays | null {
  return typeof min === 'number' && typeof max === 'number' ? { min, max } : null;
}

function zoneRateOf(row: ZoneRow): ShippingZoneRate {
  return {
    zoneId: row.zone_id,
    prices: row.prices,
    deliveryDays: deliveryDaysOf(row.min_delivery_days, row.max_delivery_days),
  };
}

function priceOf(row: PriceRow): ShippingPrice {
  return {
    currency: row.currency,
    priceMinor: row.price_minor,
    stepsBy: row.steps_by,
    steps: row.steps,
    freeFromMinor: row.free_from_minor,
    minSubtotalMinor: row.min_subtotal_minor,
    maxSubtotalMinor: row.max_subtotal_minor,
    minWeightGrams: row.min_weight_grams,
    maxWeightGrams: row.max_weight_grams,
  };
}
