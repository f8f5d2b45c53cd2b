import { createHash } from 'node:crypto';
import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import {
  canTransition,
  currencyProblem,
  err,
  failure,
  isCurrencyCode,
  ok,
  type Failure,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { LockMode } from '@mikro-orm/postgresql';
import { CatalogWrite } from '../../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../../database.ts';
import { csvLine, defused } from '../reading/csv-text.ts';
import { ImportJobEntity } from './import-job.entity.ts';
import {
  MAX_FILE_BYTES,
  MAX_OPEN_IMPORTS,
  notOpen,
  type ImportJob,
  type ImportKind,
  type ImportSettings,
  type ListedProblem,
} from './import-job.ts';
import { IMPORT_TRANSITIONS } from './import-job.machine.ts';
import {
  countOpenImports,
  deleteParts,
  failedRows,
  findImport,
  findImportPage,
  findProblemPage,
  insertPart,
} from './import-job.repository.ts';
import { announce } from './import-progress.repository.ts';

/** A part of an uploaded file. Clients upload large files in several parts. */
export interface FilePart {
  /** The import to which the part belongs. Null starts a new import. */
  readonly importId: string | null;
  /** The position of the part's first byte in the file. */
  readonly startByte: number;
  readonly content: Buffer;
  /** Whether more parts follow. The import runs after the last part. */
  readonly hasMore: boolean;
}

/** The kind and the settings of a new import. */
export interface NewImport {
  readonly kind: ImportKind;
  readonly fileName: string | null;
  readonly dryRun: boolean;
  readonly settings: ImportSettings;
}

/** A part of a file for download. Clients append the parts. */
export interface DownloadPart {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
  /** The cursor of the next part. Null at the end of the file. */
  readonly next: string | null;
}

const ROWS_PER_PART = 500;

/** Starts, cancels and lists imports. Every method needs `catalog:write`. */
export class ImportJobService {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Starts an import, or adds a part to its file. @returns the id of the import */
  upload(
    ctx: RequestContext,
    input: MutationInput,
    draft: NewImport,
    part: FilePart,
  ): Promise<Result<string, Failure>> {
    const { content, ...place } = part;
    const described = { ...input, draft, place, bytes: createHash('sha256').update(content).digest('hex') };
    const mutation = { scope: CatalogWrite, operation: 'importStart', input: described };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const opened = part.importId === null ? await this.#create(tx, draft, part) : await this.#uploading(tx, part);
      if (!opened.ok) return opened;
      const job = opened.value;
      if (part.startByte === job.sizeBytes) {
        await insertPart(tx, { importId: job.id, startByte: part.startByte, content });
        job.sizeBytes += content.length;
        if (!part.hasMore) job.status = 'QUEUED';
        await tx.em.flush();
        announce(tx, job.id, job.status);
      }
      return ok(job.id);
    });
  }

  async #create(
    tx: CatalogTransaction,
    draft: NewImport,
    { startByte }: FilePart,
  ): Promise<Result<ImportJobEntity, Failure>> {
    const { currency } = draft.settings;
    if (currency !== null && !isCurrencyCode(currency))
      return err(failure('INVALID_INPUT', currencyProblem(currency), ['currencyCode']));
    if (startByte !== 0)
      return err(failure('INVALID_INPUT', 'The first part of a file begins at byte 0', ['part', 'startByte']));
    if ((await countOpenImports(tx)) >= MAX_OPEN_IMPORTS)
      return err(
        failure(
          'IMPORT_LIMIT_REACHED',
          `A shop has at most ${MAX_OPEN_IMPORTS} imports at a time: wait until one ends, or cancel one`,
        ),
      );
    const job = tx.em.create(ImportJobEntity, { ...draft, status: 'UPLOADING', sizeBytes: 0 });
    await tx.em.flush();
    return ok(job);
  }

  async #uploading(
    tx: CatalogTransaction,
    { importId, startByte, content }: FilePart,
  ): Promise<Result<ImportJobEntity, Failure>> {
    const job = await lockImport(tx, importId ?? '');
    if (!job) return err(unknownImport(['part', 'importId']));
    const isRepeated = startByte + content.length === job.sizeBytes;
    if (isRepeated) return ok(job);
    if (job.status !== 'UPLOADING') return err(notOpen(job.status));
    if (job.sizeBytes + content.length > MAX_FILE_BYTES)
      return err(
        failure('INVALID_INPUT', `A file has at most ${MAX_FILE_BYTES / 1024 ** 2} MiB: cut it into several files`, [
          'part',
        ]),
      );
    if (startByte === job.sizeBytes) return ok(job);
    return err(failure('INVALID_INPUT', `The next part begins at byte ${job.sizeBytes}`, ['part', 'startByte']));
  }

  /** Cancels an import that has not ended. Products that it has already imported are kept. */
  cancel(ctx: RequestContext, input: MutationInput & { readonly id: string }): Promise<Result<string, Failure>> {
    const mutation = { scope: CatalogWrite, operation: 'importCancel', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const job = await lockImport(tx, input.id);
      if (!job) return err(unknownImport(['id']));
      if (!canTransition(IMPORT_TRANSITIONS, job.status, 'CANCELED')) return err(notOpen(job.status));
      job.status = 'CANCELED';
      job.finishedAt = new Date();
      await tx.em.flush();
      await deleteParts(tx, job.id);
      announce(tx, job.id, job.status);
      return ok(job.id);
    });
  }

  /** A page of imports, the newest first. @throws AccessDeniedError without `catalog:write` */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<ImportJob>, Failure>> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.read(ctx, (tx) => findImportPage(tx, page));
  }

  /** Finds an import. Null when it is unknown or the caller lacks `catalog:write`. */
  async find(ctx: RequestContext, id: string): Promise<ImportJob | null> {
    if (!hasScope(ctx, CatalogWrite)) return null;
    return this.#unitOfWork.read(ctx, (tx) => findImport(tx, id));
  }

  /** A page of the first 1,000 problems of an import. @throws AccessDeniedError without `catalog:write` */
  problems(ctx: RequestContext, id: string, page: PageRequest): Promise<Result<KeysetPage<ListedProblem>, Failure>> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.quickRead(ctx, (tx) => findProblemPage(tx, id, page));
  }

  /**
   * A part of the error file: the header of the imported file, with the rows of all products that failed. Null when the import is unknown.
   * @param after the cursor of the previous part, or null for the first part
   * @throws AccessDeniedError without `catalog:write`
   */
  errorFile(ctx: RequestContext, id: string, after: string | null): Promise<DownloadPart | null> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.read(ctx, async (tx) => {
      const job = await findImport(tx, id);
      if (!job) return null;
      const line = after === null ? 0 : Number(after);
      const rows = await failedRows(tx, id, Number.isSafeInteger(line) ? line : 0, ROWS_PER_PART);
      const delimiter = job.format?.delimiter ?? ',';
      const toLine = (cells: readonly string[]) => csvLine(cells.map(defused), delimiter);
      const head = after === null ? `\ufeff${toLine(job.header)}` : '';
      const last = rows.at(-1);
      return {
        fileName: `errors-${id}.csv`,
        mediaType: 'text/csv; charset=utf-8',
        text: head + rows.map(({ cells }) => toLine(cells)).join(''),
        next: last && rows.length === ROWS_PER_PART ? String(last.line) : null,
      };
    });
  }
}

function lockImport({ em, tenantId }: CatalogTransaction, id: string): Promise<ImportJobEntity | null> {
  return em.findOne(ImportJobEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

function unknownImport(field: readonly string[]): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no import with this id', field);
}
