import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { Transaction, UnitOfWork } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { PriceLines, PricedLine, priceLinesErrorSchema } from '../contract.ts';
import type { CatalogDatabase, StoredOptionValue } from '../database.ts';
import { translated } from '../translation/translated.ts';
import { shownAmount } from './price.ts';

type PriceLinesRequest = z.infer<typeof PriceLines.request>;
type PriceLinesError = z.infer<typeof priceLinesErrorSchema>;

/** Answers `catalog.priceLines`: what an order must know of variants, and what they cost now. */
export class PriceLinesService {
  readonly #unitOfWork: UnitOfWork<CatalogDatabase>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.#unitOfWork = unitOfWork;
  }

  /** Nobody buys a draft, not even staff: it counts as not found. */
  async priceLines(
    ctx: RequestContext,
    request: PriceLinesRequest,
  ): Promise<Result<{ lines: PricedLine[] }, PriceLinesError>> {
    const { currency, locale } = request;
    const variantIds = [...new Set(request.variantIds)];
    const rows = await this.#unitOfWork.read({ ...ctx, locale }, (tx) => sellableVariants(tx, variantIds, currency));
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

interface SellableRow {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly product_name: string;
  readonly options: StoredOptionValue[];
  readonly unit_price: string | null;
}

async function sellableVariants(
  { db, ctx, tenantId }: Transaction<CatalogDatabase>,
  ids: readonly string[],
  currency: string,
): Promise<SellableRow[]> {
  const { rows } = await sql<SellableRow>`
    select v.id, v.product_id, v.sku, v.name, v.options, ${translated('product', 'name', ctx)} as product_name, price.unit_price
      from product_variant v
      join product on product.tenant_id = v.tenant_id and product.id = v.product_id
           and product.deleted_at is null and product.status = 'PUBLISHED'
      left join variant_price price on price.tenant_id = v.tenant_id and price.variant_id = v.id and price.currency = ${currency}
     where v.tenant_id = ${tenantId} and v.id = any(${[...ids]}::uuid[]) and v.deleted_at is null`.execute(db);
  return rows;
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
      unitPrice: shownAmount(row.unit_price, currency),
    },
  ];
}
