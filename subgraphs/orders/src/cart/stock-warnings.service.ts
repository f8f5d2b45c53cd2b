import { CheckStock } from '@souk/inventory/contract';
import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import type { Logger } from '@souk/kit/runtime';
import type { CartLine, CartWarning } from './cart.ts';

/** A line of a cart and the number of units it needs. */
export type StockDemand = Pick<CartLine, 'id' | 'variantId' | 'sku' | 'quantity'>;

/**
 * Checks whether the lines of a cart are in stock. Call its method outside of transactions, because a transaction must not wait for another
 * subgraph.
 */
export class StockWarnings {
  readonly #commands: CommandClient;
  readonly #logger: Logger;

  constructor(commands: CommandClient, logger: Logger) {
    this.#commands = commands;
    this.#logger = logger;
  }

  /**
   * One warning for each line with more units than can be sold now. Empty when inventory does not reply. The checkout checks the stock
   * again.
   */
  async of(ctx: RequestContext, lines: readonly StockDemand[]): Promise<CartWarning[]> {
    if (lines.length === 0) return [];
    const available = await this.levels(
      ctx,
      lines.map(({ sku }) => sku),
    );
    return available ? shortagesOf(lines, available) : [];
  }

  /** The number of units that can be sold now, by SKU. Null when inventory does not reply. @param skus at least one SKU */
  async levels(ctx: RequestContext, skus: readonly string[]): Promise<ReadonlyMap<string, number> | null> {
    try {
      const { available } = await this.#commands.send(ctx, CheckStock, { skus: [...new Set(skus)] });
      return new Map(available.map((level) => [level.sku, level.available]));
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#logger.warn(
        { ...logIds(ctx), error },
        'inventory did not reply, cart shown without stock warnings and gifts',
      );
      return null;
    }
  }
}

function shortagesOf(lines: readonly StockDemand[], available: ReadonlyMap<string, number>): CartWarning[] {
  return lines.flatMap(({ id, variantId, sku, quantity }) => {
    const left = available.get(sku) ?? 0;
    if (quantity <= left) return [];
    const remedy = left > 0 ? 'take fewer' : 'remove the line';
    const message = `${quantity} of ${sku} are in the cart, ${left} can be sold now: ${remedy}, or the checkout is refused`;
    return [
      {
        code: 'INSUFFICIENT_STOCK' as const,
        message,
        lineId: id,
        variantId,
        sku,
        requested: quantity,
        available: left,
      },
    ];
  });
}
