import { systemContext, type RequestContext } from '@souk/kit/context';
import { err, ok, type Clock } from '@souk/kit/domain';
import type { CatalogUnitOfWork } from '../../database.ts';
import { storeDefaults } from '../../store-defaults.repository.ts';
import type { ImportRow, ProductFormat } from '../item/given-product.ts';
import { importBatch } from '../item/import-batch.repository.ts';
import { readCsv, UnreadableFileError } from '../reading/csv-records.ts';
import { decoding } from '../reading/text-encoding.ts';
import { batchesOf, type Batch } from './batches.ts';
import { ImportFile } from './import-file.repository.ts';
import { fileFormat, headerProblem, markOfRows, productFormat, type FileFormat, type ImportJob } from './import-job.ts';
import { claimImport, endImport, recordBatch, recordFormat, yieldImport } from './import-progress.repository.ts';

/** The time that a worker spends on one import before it continues with imports of other tenants. */
const SLICE_MS = 15_000;
/** The number of consecutive attempts without progress after which an import fails. */
const MOST_ATTEMPTS = 5;
/** The number of rows from whose prices the decimal mark is detected. */
const HEAD_ROWS = 1000;
/**
 * The number of created products after which the statistics of Postgres are updated. Afterwards the statistics are updated each time that
 * the number has doubled.
 */
const ANALYZE_AT = 1000;

/** Reads the file of an import and stores its products. */
export class ImportRun {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** Continues an import until it ends or the time slice is over. Does nothing when another worker has the lease. */
  async continue(tenantId: string, id: string): Promise<void> {
    const platform = systemContext(tenantId, 'catalog.run-imports', id);
    const job = await this.#unitOfWork.run(platform, (tx) => claimImport(tx, id));
    if (!job) return;
    // The import acts as the user who started it, so its changes are recorded under this user.
    const ctx = job.createdBy === null ? platform : { ...platform, actor: userActor(job.createdBy) };
    if (job.attempts > MOST_ATTEMPTS)
      return this.#end(
        ctx,
        id,
        `The import stopped ${MOST_ATTEMPTS} times at row ${job.rowCount + 1}. The server's log has the reason`,
      );
    try {
      await this.#read(ctx, job);
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      await this.#end(ctx, id, `Line ${error.line}: ${error.message}`);
    }
  }

  async #read(ctx: RequestContext, job: ImportJob): Promise<void> {
    const file = new ImportFile(this.#unitOfWork, ctx, job.id);
    const opened = await this.#open(ctx, job, await file.head());
    if (!opened) return;
    const { reader, format } = opened;
    const until = this.#clock.now().getTime() + SLICE_MS;
    let analyzeAt = Math.max(ANALYZE_AT, job.createdCount * 2);
    let created = job.createdCount;
    for await (const batch of batchesOf(dataRows(file, format, job.rowCount), reader)) {
      const stored = await this.#store(ctx, job, batch, { reader, readBytes: file.readBytes });
      if (stored === null) return;
      created += stored;
      if (created >= analyzeAt && !job.dryRun) {
        analyzeAt = created * 2;
        await this.#unitOfWork.callFunction('analyze_catalog', []);
      }
      if (this.#clock.now().getTime() > until) return this.#unitOfWork.run(ctx, (tx) => yieldImport(tx, job.id));
    }
    await this.#end(ctx, job.id, null);
  }

  /** Detects the format of the file and records it. Null when the file cannot be read, in which case the import is now FAILED. */
  async #open(ctx: RequestContext, job: ImportJob, head: Uint8Array) {
    const { currency } = await this.#unitOfWork.read(ctx, (tx) => storeDefaults(tx));
    const { text, ...found } = fileFormat(head, job.settings, currency);
    const rows = await firstRows(text, found);
    const [header = []] = rows;
    const reader = productFormat(job.kind, header, found);
    if (!reader) {
      await this.#end(ctx, job.id, headerProblem(job.kind, header));
      return null;
    }
    const format = { ...found, decimalMark: found.decimalMark ?? markOfRows(rows.slice(1), reader) };
    const chosen = productFormat(job.kind, header, format) ?? reader;
    await this.#unitOfWork.run(ctx, (tx) =>
      recordFormat(tx, job.id, { format, header, notices: chosen.notices.slice(0, 100) }),
    );
    return { reader: chosen, format };
  }

  /** Stores a batch. @returns the number of created products, or null when the import was canceled */
  async #store(
    ctx: RequestContext,
    job: ImportJob,
    batch: Batch,
    { reader, readBytes }: { readonly reader: ProductFormat; readonly readBytes: number },
  ): Promise<number | null> {
    const now = this.#clock.now();
    const stored = await this.#unitOfWork.run(ctx, async (tx) => {
      const outcome = await importBatch(tx, batch.items, { now, dryRun: job.dryRun, format: reader });
      const isOpen = await recordBatch(tx, job.id, { rows: batch.rows, readBytes, outcome });
      return isOpen ? ok(outcome.created) : err('CANCELED' as const);
    });
    return stored.ok ? stored.value : null;
  }

  #end(ctx: RequestContext, id: string, failure: string | null): Promise<void> {
    return this.#unitOfWork.run(ctx, (tx) => endImport(tx, id, failure === null ? 'COMPLETED' : 'FAILED', failure));
  }
}

function userActor(userId: string) {
  return { kind: 'user', userId, role: 'IMPORT', scopes: ['catalog:write'] } as const;
}

/** The first rows of a text. The text may end in the middle of a row. */
async function firstRows(text: string, { delimiter }: FileFormat): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  try {
    for await (const { cells } of readCsv([text], delimiter)) if (rows.push(cells) >= HEAD_ROWS) break;
  } catch (error) {
    if (!(error instanceof UnreadableFileError) || rows.length === 0) throw error;
  }
  return rows;
}

/** The rows below the header that are not imported yet. @param done the number of imported rows */
async function* dataRows(
  file: ImportFile,
  { encoding, delimiter }: FileFormat,
  done: number,
): AsyncGenerator<ImportRow> {
  let number = -1;
  for await (const row of readCsv(decodedParts(file, encoding), delimiter)) if (++number > done) yield row;
}

async function* decodedParts(file: ImportFile, encoding: FileFormat['encoding']): AsyncGenerator<string> {
  const decoder = decoding(encoding);
  for await (const part of file.parts()) yield decoder.write(part);
  yield decoder.end();
}
