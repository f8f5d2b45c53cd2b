import type { Failure, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { CatalogRead } from '../database.ts';

/** An attribute as read from the database. */
export interface AttributeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly version: number;
}

/** The values that one product or variant has for one attribute. */
export interface AttributeValues {
  readonly code: string;
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * The attribute values of products or variants, by the id of the product or variant. The values are in the order in which staff entered
 * them.
 */
export async function attributesOf(
  { db, tenantId }: CatalogRead,
  owner: 'product' | 'variant',
  ids: readonly string[],
): Promise<ReadonlyMap<string, AttributeValues[]>> {
  const { rows } = await sql<{ of: string; code: string; name: string; value: string }>`
    select ${sql.ref(`held.${owner}_id`)} as of, attribute.code, attribute.name, held.value
      from ${sql.table(`${owner}_attribute_value`)} held
      join attribute on attribute.tenant_id = held.tenant_id and attribute.id = held.attribute_id
     where held.tenant_id = ${tenantId} and ${sql.ref(`held.${owner}_id`)} = any(${[...ids]}::uuid[]) and attribute.deleted_at is null
     order by held.position`.execute(db);
  return new Map([...Map.groupBy(rows, (row) => row.of)].map(([id, values]) => [id, byAttribute(values)]));
}

/** A page of the tenant's attributes, sorted by code. */
export function listAttributes(
  { db, tenantId }: CatalogRead,
  page: PageRequest,
): Promise<Result<KeysetPage<AttributeRow>, Failure>> {
  const all = db
    .selectFrom('attribute')
    .select(['attribute.id', 'attribute.code', 'attribute.name', 'attribute.version'])
    .where('attribute.tenant_id', '=', tenantId)
    .where('attribute.deleted_at', 'is', null);
  return keysetPage(all, {
    sort: [{ by: 'attribute.code', direction: 'asc' }],
    id: 'attribute.id',
    filter: null,
    page,
  });
}

function byAttribute(rows: readonly { code: string; name: string; value: string }[]): AttributeValues[] {
  return [...Map.groupBy(rows, ({ code }) => code)].map(([code, held]) => ({
    code,
    name: held[0]?.name ?? code,
    values: held.map(({ value }) => value),
  }));
}
