import { channelOf, type RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { z } from 'zod';
import type { PriceLines, PricedLine, priceLinesErrorSchema } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { offerOf } from '../pricing/price-offers.repository.ts';
import { byPriority, priceSteps, type PriceOffer } from '../pricing/price-selection.ts';
import { sellableVariants, type SellableRow } from './price-lines.repository.ts';
import { shownAmount } from '../pricing/price.ts';

type PriceLinesRequest = z.infer<typeof PriceLines.request>;
type PriceLinesError = z.infer<typeof priceLinesErrorSchema>;

/** Handles the command `catalog.priceLines`. */
export class PriceLinesService {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Returns the current prices of variants, with the data that order lines copy. Drafts are refused as unknown, because not even staff can
   * buy them.
   */
  async priceLines(
    ctx: RequestContext,
    request: PriceLinesRequest,
  ): Promise<Result<{ lines: PricedLine[] }, PriceLinesError>> {
    const { currency, locale, countryCode = null, channelId = channelOf(ctx) } = request;
    const variantIds = [...new Set(request.variantIds)];
    const rows = await this.#unitOfWork.quickRead({ ...ctx, locale }, (tx) =>
      sellableVariants(tx, variantIds, { currency, countryCode, channelId }),
    );
    const found = Map.groupBy(rows, ({ id }) => id);
    const unknown = variantIds.filter((id) => !found.has(id));
    if (unknown.length > 0) return err({ code: 'VARIANT_NOT_FOUND', variantIds: unknown });
    const lines = [...found.values()].flatMap((offered) => pricedLine(offered, currency));
    if (lines.length === found.size) return ok({ lines });
    const priced = new Set(lines.map(({ variantId }) => variantId));
    return err({ code: 'PRICE_MISSING', variantIds: variantIds.filter((id) => !priced.has(id)) });
  }
}

function offeredPrice({ unitPrice, includesTax }: PriceOffer, currency: string) {
  return { unitPrice: shownAmount(unitPrice, currency), ...(includesTax !== null && { includesTax }) };
}

/** The line of a variant. Empty when the variant has no price for one unit. @param offered the rows of one variant */
function pricedLine(offered: readonly SellableRow[], currency: string): PricedLine[] {
  const [row] = offered;
  const [first, ...others] = priceSteps(
    byPriority,
    offered.flatMap((each) => offerOf(each) ?? []),
  );
  if (!row || first?.fromQuantity !== 1) return [];
  return [
    {
      variantId: row.id,
      productId: row.product_id,
      sku: row.sku,
      productName: row.product_name,
      variantName: row.name,
      options: row.options,
      listIds: row.list_ids,
      ...offeredPrice(first.offer, currency),
      ...(others.length > 0 && {
        tiers: others.map(({ fromQuantity, offer }) => ({
          fromQuantity,
          ...offeredPrice(offer, currency),
        })),
      }),
      ...(row.tax_category !== null && { taxCategory: row.tax_category }),
      ...(row.weight_grams !== null && { weightGrams: row.weight_grams }),
    },
  ];
}
