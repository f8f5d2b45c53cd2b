import { eventOf } from '@souk/kit/contracts';
import { sql } from 'kysely';
import { ImportChanged } from '../../contract.ts';
import type { CatalogTransaction } from '../../database.ts';
import { insertRows } from '../../insert-rows.repository.ts';
import type { ImportNotice } from '../item/given-product.ts';
import type { BatchOutcome } from '../item/import-batch.repository.ts';
import { ImportFailedRowEntity, ImportProblemEntity } from './import-job.entity.ts';
import { MAX_PROBLEMS, type FileFormat, type ImportJob } from './import-job.ts';
import type { ImportStatus } from './import-job.machine.ts';
import { deleteParts, findImport } from './import-job.repository.ts';

/** The end of a worker's lease. Each batch extends the lease. After its end, another worker continues the import. */
const LEASE = sql<Date>`now() + interval '60 seconds'`;

/** Starts the lease of an import for a worker. Null when the import has ended or another worker has the lease. */
export async function claimImport(tx: CatalogTransaction, id: string): Promise<ImportJob | null> {
  const { numUpdatedRows } = await tx.db
    .updateTable('import_job')
    .set({
      status: 'RUNNING',
      due_at: LEASE,
      attempts: sql<number>`attempts + 1`,
      started_at: sql<Date>`coalesce(started_at, now())`,
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .where('status', 'in', ['QUEUED', 'RUNNING'])
    .where('due_at', '<=', sql<Date>`now()`)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n ? findImport(tx, id) : null;
}

/** Records the format of the file, its header, and the remarks about its columns. */
export async function recordFormat(
  { db, tenantId }: CatalogTransaction,
  id: string,
  { format, header, notices }: { format: FileFormat; header: readonly string[]; notices: readonly ImportNotice[] },
): Promise<void> {
  await sql`
    update import_job set format = ${JSON.stringify(format)}::jsonb, header = ${JSON.stringify(header)}::jsonb,
           notices = ${JSON.stringify(notices)}::jsonb
     where tenant_id = ${tenantId} and id = ${id}`.execute(db);
}

/** The rows of a batch, the position in the file after it, and its outcome. */
export interface BatchProgress {
  readonly rows: number;
  readonly readBytes: number;
  readonly outcome: BatchOutcome;
}

/**
 * Records the progress of a batch in the same transaction as its changes. After a crash, another worker continues after the batch and does
 * not repeat it.
 * @returns false when the import was canceled. The caller must then roll back.
 */
export async function recordBatch(
  tx: CatalogTransaction,
  id: string,
  { rows, readBytes, outcome }: BatchProgress,
): Promise<boolean> {
  const problems = outcome.failed.flatMap((failed) => failed.problems);
  const { rows: before } = await sql<{ problem_count: number }>`
    update import_job
       set row_count = row_count + ${rows}, read_bytes = ${readBytes}, attempts = 0, due_at = ${LEASE},
           created_count = created_count + ${outcome.created}, updated_count = updated_count + ${outcome.updated},
           skipped_count = skipped_count + ${outcome.skipped}, failed_count = failed_count + ${outcome.failed.length},
           problem_count = problem_count + ${problems.length}
     where tenant_id = ${tx.tenantId} and id = ${id} and status = 'RUNNING'
    returning problem_count - ${problems.length}::integer as problem_count`.execute(tx.db);
  const [found] = before;
  if (!found) return false;
  const listed = problems.slice(0, Math.max(0, MAX_PROBLEMS - found.problem_count));
  await insertRows(
    tx,
    ImportProblemEntity,
    listed.map(({ column, ...problem }, index) => ({
      importId: id,
      number: found.problem_count + index,
      ...problem,
      columnName: column,
      message: problem.message.slice(0, 500),
    })),
  );
  await insertRows(
    tx,
    ImportFailedRowEntity,
    outcome.failed.flatMap(({ item }) =>
      item.rows.map(({ line, cells }) => ({
        importId: id,
        line,
        cells: cells.map((cell) => cell.replaceAll('\0', '')),
      })),
    ),
  );
  announce(tx, id, 'RUNNING');
  return true;
}

/** Ends the lease early, so the next worker can continue without waiting. */
export async function yieldImport({ db, tenantId }: CatalogTransaction, id: string): Promise<void> {
  await db
    .updateTable('import_job')
    .set({ due_at: sql<Date>`now()`, attempts: 0 })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('status', '=', 'RUNNING')
    .execute();
}

/** Ends a running import and deletes its file. @param failure the reason for FAILED, as a message for staff */
export async function endImport(
  tx: CatalogTransaction,
  id: string,
  status: 'COMPLETED' | 'FAILED',
  failure: string | null,
): Promise<void> {
  await tx.db
    .updateTable('import_job')
    .set({
      status,
      failure: failure?.slice(0, 1000) ?? null,
      finished_at: sql<Date>`now()`,
      ...(status === 'COMPLETED' && { read_bytes: sql<number>`size_bytes` }),
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .where('status', '=', 'RUNNING')
    .execute();
  await deleteParts(tx, id);
  announce(tx, id, status);
}

export function announce(tx: CatalogTransaction, importId: string, status: ImportStatus): void {
  tx.outbox.append(eventOf(ImportChanged, importId, { importId, status }));
}
