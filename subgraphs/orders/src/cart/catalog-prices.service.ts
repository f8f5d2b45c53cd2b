import { PriceLines, type PricedLine } from '@souk/catalog/contract';
import type { RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import { err, ok, type Failure, type Result } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import type { CatalogAnswer } from './cart-lines.ts';
import { catalogUnavailable, type MissingReason } from './cart.errors.ts';
import type { SoldVariant } from './cart.ts';
import type { CartOutline } from './cart.repository.ts';
import { unitPriceOf } from './unit-price.ts';

/**
 * Loads current names and prices from the catalog. Call its method outside of transactions, because a transaction must not wait for another
 * subgraph.
 */
export class CatalogPrices {
  readonly #commands: CommandClient;
  readonly #logger: Logger;

  constructor(commands: CommandClient, logger: Logger) {
    this.#commands = commands;
    this.#logger = logger;
  }

  /** Requests the variants of a cart from the catalog. Unknown variants are in the reply with their reason. At most 500 variants. */
  async ask(ctx: RequestContext, outline: CartOutline): Promise<Result<CatalogAnswer, Failure>> {
    try {
      const wanted = [...new Set(outline.variantIds)];
      return ok(await this.#ask(ctx, { ...outline, variantIds: wanted }, new Map()));
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#logger.warn({ error, requestId: ctx.requestId }, 'catalog did not reply, cart change refused');
      return err(catalogUnavailable());
    }
  }

  /**
   * Sends the command to the catalog. When some variants are unknown, the catalog replies only with their ids. The command is then sent
   * again without them.
   */
  async #ask(
    ctx: RequestContext,
    { variantIds, ...terms }: CartOutline,
    missing: ReadonlyMap<string, MissingReason>,
  ): Promise<CatalogAnswer> {
    const wanted = variantIds.filter((id) => !missing.has(id));
    if (wanted.length === 0) return { found: new Map(), missing };
    const { currency, locale, channelId, countryCode } = terms;
    const sale = { currency, locale, channelId, countryCode };
    const reply = await this.#commands.send(ctx, PriceLines, { ...sale, variantIds: wanted });
    if (reply.ok) {
      const lines = reply.value.lines.map((line) => soldVariant(line, currency));
      return { found: new Map(lines.map((line) => [line.variantId, line])), missing };
    }
    const { code, variantIds: refused } = reply.error;
    if (!wanted.some((id) => refused.includes(id)))
      throw new Error(`${PriceLines.name} refused without naming the variants`);
    return this.#ask(
      ctx,
      { ...sale, variantIds: wanted },
      new Map([...missing, ...refused.map((id) => [id, code] as const)]),
    );
  }
}

/** The variant with its prices in canonical form. */
function soldVariant(
  { tiers = [], taxCategory = null, weightGrams = null, includesTax = null, ...line }: PricedLine,
  currency: string,
): SoldVariant {
  return {
    ...line,
    taxCategory,
    weightGrams,
    includesTax,
    unitPrice: unitPriceOf(line.unitPrice, currency),
    tiers: tiers.map(({ fromQuantity, unitPrice, includesTax: ofTier = null }) => ({
      fromQuantity,
      unitPrice: unitPriceOf(unitPrice, currency),
      includesTax: ofTier,
    })),
  };
}
