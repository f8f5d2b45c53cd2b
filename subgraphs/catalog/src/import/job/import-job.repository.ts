import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { ok } from '@souk/kit/domain';
import { sql, type Selectable } from 'kysely';
import type { CatalogDatabase, CatalogRead, CatalogTransaction } from '../../database.ts';
import type { ImportJob, ListedProblem } from './import-job.ts';

/** Finds an import. Null when the id is unknown. */
export async function findImport({ db, tenantId }: CatalogRead, id: string): Promise<ImportJob | null> {
  const row = await db
    .selectFrom('import_job')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? importOf(row) : null;
}

/** A page of imports, the newest first. */
export async function findImportPage(
  { db, tenantId }: CatalogRead,
  page: PageRequest,
): Promise<Result<KeysetPage<ImportJob>, InvalidPage>> {
  const query = db.selectFrom('import_job').selectAll('import_job').where('tenant_id', '=', tenantId);
  const sort = [{ by: 'import_job.created_at', direction: 'desc' } as const];
  const found = await keysetPage(query, { sort, id: 'import_job.id', filter: null, page });
  return found.ok ? ok(mapPage(found.value, importOf)) : found;
}

/** A page of the recorded problems of an import, in the order of the file. */
export async function findProblemPage(
  { db, tenantId }: CatalogRead,
  importId: string,
  page: PageRequest,
): Promise<Result<KeysetPage<ListedProblem>, InvalidPage>> {
  const query = db
    .selectFrom('import_problem')
    .selectAll('import_problem')
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId);
  const found = await keysetPage(query, { sort: [], id: 'import_problem.number', filter: importId, page });
  if (!found.ok) return found;
  return ok(
    mapPage(found.value, ({ number, line, column_name: column, code, message, suggestion }) => ({
      number,
      line,
      column,
      code,
      message,
      suggestion,
    })),
  );
}

/** The next rows of failed products after a line, in the order of the file. */
export function failedRows({ db, tenantId }: CatalogRead, importId: string, afterLine: number, limit: number) {
  return db
    .selectFrom('import_failed_row')
    .select(['line', 'cells'])
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('line', '>', afterLine)
    .orderBy('line')
    .limit(limit)
    .execute();
}

/** The number of the tenant's imports that have not ended. */
export async function countOpenImports({ db, tenantId }: CatalogTransaction): Promise<number> {
  const { count } = await db
    .selectFrom('import_job')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('status', 'in', ['UPLOADING', 'QUEUED', 'RUNNING'])
    .executeTakeFirstOrThrow();
  return count;
}

/** Adds a part to a file. Does nothing when the part is stored already. */
export async function insertPart(
  { db }: CatalogTransaction,
  part: { readonly importId: string; readonly startByte: number; readonly content: Buffer },
): Promise<void> {
  await db
    .insertInto('import_part')
    .values({ import_id: part.importId, start_byte: part.startByte, content: part.content })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'import_id', 'start_byte']).doNothing())
    .execute();
}

/** The first part of a file that begins at or after a byte. Null at the end of the file. */
export async function findPart(
  { db, tenantId }: CatalogRead,
  importId: string,
  fromByte: number,
): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('import_part')
    .select('content')
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('start_byte', '>=', fromByte)
    .orderBy('start_byte')
    .limit(1)
    .executeTakeFirst();
  return row?.content ?? null;
}

/** Deletes the file of an import that has ended. */
export async function deleteParts({ db, tenantId }: CatalogTransaction, importId: string): Promise<void> {
  await db.deleteFrom('import_part').where('tenant_id', '=', tenantId).where('import_id', '=', importId).execute();
}

function importOf(row: Selectable<CatalogDatabase['import_job']>): ImportJob {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    dryRun: row.dry_run,
    fileName: row.file_name,
    settings: row.settings,
    format: row.format,
    header: row.header,
    notices: row.notices,
    sizeBytes: Number(row.size_bytes),
    readBytes: Number(row.read_bytes),
    rowCount: row.row_count,
    createdCount: row.created_count,
    updatedCount: row.updated_count,
    skippedCount: row.skipped_count,
    failedCount: row.failed_count,
    problemCount: row.problem_count,
    failure: row.failure,
    attempts: row.attempts,
    createdAt: row.created_at,
    createdBy: row.created_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
