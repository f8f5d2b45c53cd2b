import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { z } from 'zod';
import type { PriceLines, PricedLine, priceLinesErrorSchema } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { sellableVariants, type SellableRow } from './price-lines.repository.ts';
import { shownAmount } from './price.ts';

type PriceLinesRequest = z.infer<typeof PriceLines.request>;
type PriceLinesError = z.infer<typeof priceLinesErrorSchema>;

/** Handles `catalog.priceLines`: returns the variants' data that orders keep, with current prices. */
export class PriceLinesService {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Prices the lines. Drafts count as not found for every caller, because even staff cannot buy a draft. */
  async priceLines(
    ctx: RequestContext,
    request: PriceLinesRequest,
  ): Promise<Result<{ lines: PricedLine[] }, PriceLinesError>> {
    const { currency, locale } = request;
    const variantIds = [...new Set(request.variantIds)];
    const rows = await this.#unitOfWork.quickRead({ ...ctx, locale }, (tx) =>
      sellableVariants(tx, variantIds, currency),
    );
    const found = new Set(rows.map(({ id }) => id));
    const unknown = variantIds.filter((id) => !found.has(id));
    if (unknown.length > 0) return err({ code: 'VARIANT_NOT_FOUND', variantIds: unknown });
    const lines = rows.flatMap((row) => pricedLine(row, currency));
    if (lines.length === rows.length) return ok({ lines });
    return err({
      code: 'PRICE_MISSING',
      variantIds: rows.filter((row) => row.unit_price === null).map(({ id }) => id),
    });
  }
}

function pricedLine(row: SellableRow, currency: string): PricedLine[] {
  if (row.unit_price === null) return [];
  return [
    {
      variantId: row.id,
      productId: row.product_id,
      sku: row.sku,
      productName: row.product_name,
      variantName: row.name,
      options: row.options,
      listIds: row.list_ids,
      unitPrice: shownAmount(row.unit_price, currency),
      ...(row.tax_category !== null && { taxCategory: row.tax_category }),
    },
  ];
}
