import { sql } from 'kysely';
import type { CatalogRead, CatalogTransaction } from '../../database.ts';
import { REBUILD } from '../../search-pending.repository.ts';

/** The marks of one batch, and the version of the documents that the batch writes. */
export interface ReadMarks {
  readonly ids: readonly number[];
  readonly productIds: readonly string[];
  /** Whether a rebuild of the tenant begins with this batch. */
  readonly rebuilds: boolean;
  readonly version: number;
}

/** Marks products whose documents the engine outside of Postgres must get. */
export async function markForExport({ db }: CatalogTransaction, productIds: readonly string[]): Promise<void> {
  await sql`insert into search_export (product_id) select unnest(${[...productIds]}::uuid[])`.execute(db);
}

/**
 * The marks that were made first. The version is drawn after the marks were read, and the products are read after that. So documents with a
 * higher version are never older, and two processes may export the same marks at the same time.
 */
export async function readMarks({ db, tenantId }: CatalogTransaction, limit: number): Promise<ReadMarks> {
  const { rows } = await sql<{ id: string; product_id: string }>`
    select id, product_id from search_export where tenant_id = ${tenantId} order by id limit ${limit}`.execute(db);
  const { rows: versions } = await sql<{ version: string }>`
    select nextval('search_export_version') as version`.execute(db);
  const productIds = new Set(rows.map((row) => row.product_id));
  return {
    ids: rows.map(({ id }) => Number(id)),
    rebuilds: productIds.delete(REBUILD),
    productIds: [...productIds],
    version: Number(versions[0]?.version),
  };
}

/** Deletes the marks of a batch whose documents the engine has. @param missing the products that the engine did not take */
export async function forgetMarks(
  { db, tenantId }: CatalogTransaction,
  ids: readonly number[],
  missing: readonly string[],
): Promise<void> {
  await sql`
    delete from search_export
     where tenant_id = ${tenantId} and id = any(${[...ids]}::bigint[]) and product_id <> all(${[...missing]}::uuid[])`.execute(
    db,
  );
}

/** The given products that exist. */
export async function existingProducts(
  { db, tenantId }: CatalogRead,
  productIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from product where tenant_id = ${tenantId} and id = any(${[...productIds]}::uuid[]) and deleted_at is null`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
