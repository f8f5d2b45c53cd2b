import { requireScope, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { z } from 'zod';
import { CatalogWrite } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { loadItems } from '../import/item/stored-item.repository.ts';
import type { DownloadPart } from '../import/job/import-job.service.ts';
import { storeDefaults } from '../store-defaults.repository.ts';
import { exportHead, exportLines, type ExportFormat } from './export-lines.ts';
import { listSlugs, productIdsAfter, usedCurrencies, usedLocales } from './export.repository.ts';

const PRODUCTS = 200;

/**
 * The content of a cursor: the last exported product, and the columns of the file. The columns are chosen with the first part of the file.
 * The cursor keeps them, because all lines of a file need the same columns.
 */
const place = z.object({
  id: z.uuid(),
  currencies: z.array(z.string().regex(/^[A-Z]{3}$/)).max(300),
  locales: z.array(z.string().regex(/^[\w-]{2,35}$/)).max(300),
});

const FILES: Readonly<Record<ExportFormat, { readonly fileName: string; readonly mediaType: string }>> = {
  SOUK_CSV: { fileName: 'products.csv', mediaType: 'text/csv; charset=utf-8' },
  SHOPIFY_CSV: { fileName: 'products-shopify.csv', mediaType: 'text/csv; charset=utf-8' },
  JSONL: { fileName: 'products.jsonl', mediaType: 'application/jsonl; charset=utf-8' },
};

/**
 * Exports the products of a shop as a file in parts of at most 200 products. The memory and time of a request therefore do not grow with
 * the number of products.
 */
export class ProductExport {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * A part of the file with at most 200 products.
   * @param after the cursor of the previous part, or null for the first part
   * @throws AccessDeniedError without `catalog:write`
   */
  part(ctx: RequestContext, format: ExportFormat, after: string | null): Promise<Result<DownloadPart, Failure>> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.read(ctx, async (tx): Promise<Result<DownloadPart, Failure>> => {
      const from = after === null ? null : placeOf(after);
      if (after !== null && !from)
        return err(failure('INVALID_INPUT', 'The cursor is not one of an export', ['after']));
      const columns = from ?? { currencies: await usedCurrencies(tx), locales: await usedLocales(tx) };
      const ids = await productIdsAfter(tx, from?.id ?? null, PRODUCTS);
      const items = await loadItems(tx, ids);
      const lists = items.flatMap(({ brandId, categoryIds, collectionIds }) => [
        ...(brandId === null ? [] : [brandId]),
        ...categoryIds,
        ...collectionIds,
      ]);
      const { currency } = await storeDefaults(tx);
      const terms = { ...columns, currency, ...(await listSlugs(tx, lists)) };
      const head = from ? '' : exportHead(format, terms);
      const text = head + items.map((item) => exportLines(format, item, terms)).join('');
      const last = ids.length === PRODUCTS ? ids.at(-1) : undefined;
      const next = last === undefined ? null : cursorOf({ ...columns, id: last });
      return ok({ ...FILES[format], text, next });
    });
  }
}

function cursorOf({ id, currencies, locales }: z.infer<typeof place>): string {
  return Buffer.from(JSON.stringify({ id, currencies, locales })).toString('base64url');
}

function placeOf(cursor: string): z.infer<typeof place> | null {
  try {
    return place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data ?? null;
  } catch {
    return null;
  }
}
