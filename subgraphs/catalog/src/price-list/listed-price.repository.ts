import { ok, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from '../database.ts';
import { amountMinorOf } from '../pricing/price.ts';
import type { PriceListEntity } from './price-list.entity.ts';
import type { ListedPrice, ListedPriceKey } from './listed-price.ts';

/** A price as read from the database. */
export interface StoredListedPrice extends ListedPrice {
  readonly currency: string;
}

/** A page of the prices of one list, sorted by variant and quantity. @param variantId null for the prices of all variants */
export async function findListedPricePage(
  { db, tenantId }: CatalogRead,
  priceListId: string,
  variantId: string | null,
  page: PageRequest,
): Promise<Result<KeysetPage<StoredListedPrice>, Failure>> {
  const prices = db
    .selectFrom('price_list_price')
    .where('price_list_price.tenant_id', '=', tenantId)
    .where('price_list_price.price_list_id', '=', priceListId)
    .select(['variant_id', 'from_quantity', 'currency', 'unit_price', 'compare_at_price']);
  const found = await keysetPage(variantId === null ? prices : prices.where('variant_id', '=', variantId), {
    sort: [{ by: 'price_list_price.variant_id', direction: 'asc' }],
    id: 'price_list_price.from_quantity',
    filter: [priceListId, variantId],
    page,
  });
  if (!found.ok) return found;
  return ok(
    mapPage(found.value, (row) => ({
      variantId: row.variant_id,
      fromQuantity: row.from_quantity,
      currency: row.currency,
      unitPrice: row.unit_price,
      compareAtPrice: row.compare_at_price,
    })),
  );
}

/** Saves prices in a locked list. A stored price for the same variant and quantity is replaced. */
export async function saveListedPrices(
  { db, tenantId }: CatalogTransaction,
  { id, currency, rank, pricesIncludeTax = null }: PriceListEntity,
  prices: readonly ListedPrice[],
): Promise<void> {
  const rows = prices.map(({ variantId, fromQuantity, unitPrice, compareAtPrice }) => ({
    variant_id: variantId,
    from_quantity: fromQuantity,
    unit_price: unitPrice,
    compare_at_price: compareAtPrice,
    amount_minor: amountMinorOf({ amount: unitPrice, currency }),
  }));
  await sql`
    insert into price_list_price (tenant_id, price_list_id, variant_id, from_quantity, currency, rank, includes_tax, unit_price, compare_at_price, amount_minor)
    select ${tenantId}::uuid, ${id}::uuid, variant_id, from_quantity, ${currency}, ${rank}::bigint, ${pricesIncludeTax}::boolean, unit_price, compare_at_price, amount_minor
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
             variant_id uuid, from_quantity integer, unit_price numeric, compare_at_price numeric, amount_minor bigint)
    on conflict (tenant_id, price_list_id, variant_id, from_quantity) do update
      set unit_price = excluded.unit_price, compare_at_price = excluded.compare_at_price, amount_minor = excluded.amount_minor`.execute(
    db,
  );
}

/** Removes prices from a locked list. Prices that are not in the list are ignored. */
export async function removeListedPrices(
  { db, tenantId }: CatalogTransaction,
  { id }: PriceListEntity,
  keys: readonly ListedPriceKey[],
): Promise<void> {
  const rows = keys.map(({ variantId, fromQuantity }) => ({ variant_id: variantId, from_quantity: fromQuantity }));
  await sql`
    delete from price_list_price price
     using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (variant_id uuid, from_quantity integer)
     where price.tenant_id = ${tenantId} and price.price_list_id = ${id} and price.variant_id = given.variant_id
       and (given.from_quantity is null or price.from_quantity = given.from_quantity)`.execute(db);
}

/** Copies the rank of a locked list to its prices. The index that finds a price contains the rank. */
export async function copyRank({ db, tenantId }: CatalogTransaction, { id, rank }: PriceListEntity): Promise<void> {
  await db
    .updateTable('price_list_price')
    .set({ rank })
    .where('tenant_id', '=', tenantId)
    .where('price_list_id', '=', id)
    .where('rank', '<>', rank)
    .execute();
}

/** Removes all prices of a locked list. */
export async function clearListedPrices({ db, tenantId }: CatalogTransaction, { id }: PriceListEntity): Promise<void> {
  await db.deleteFrom('price_list_price').where('tenant_id', '=', tenantId).where('price_list_id', '=', id).execute();
}

/** The index of the first variant that does not exist. -1 when all exist. */
export async function firstUnknownVariant(
  { db, tenantId }: CatalogRead,
  variantIds: readonly string[],
): Promise<number> {
  const rows = await db
    .selectFrom('product_variant')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sql<string>`any(${[...variantIds]}::uuid[])`)
    .where('deleted_at', 'is', null)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  return variantIds.findIndex((id) => !known.has(id.toLowerCase()));
}
