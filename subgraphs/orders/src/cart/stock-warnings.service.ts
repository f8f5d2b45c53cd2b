import { CheckStock, HoldCartStock } from '@souk/inventory/contract';
import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import type { Logger } from '@souk/kit/runtime';
import type { z } from 'zod';
import type { CartLine, CartWarning } from './cart.ts';

/** The maximum number of SKUs in `inventory.check`. A cart has fewer lines, and a change removes no more than it has. */
const MAX_CHECKED_SKUS = 500;

type CheckedSku = z.infer<typeof CheckStock.reply>['available'][number];
type ReservedUnits = z.infer<typeof HoldCartStock.reply>['held'][number];

/** A line of a cart and the number of units it needs. */
export type StockDemand = Pick<CartLine, 'id' | 'variantId' | 'sku' | 'quantity'>;

/** A cart after a change of its lines. */
export interface ChangedLines {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly StockDemand[];
}

type StockOffer = Omit<CheckedSku, 'sku'>;
type StockOffers = ReadonlyMap<string, StockOffer>;

/**
 * Checks whether the lines of a cart are in stock, and reserves stock in carts. Call its methods outside of transactions, because a
 * transaction must not wait for another subgraph.
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
  async of(ctx: RequestContext, cartId: string, lines: readonly StockDemand[]): Promise<CartWarning[]> {
    if (lines.length === 0) return [];
    const offers = await this.#offers(ctx, skusOf(lines), cartId);
    return offers ? shortagesOf(lines, offers) : [];
  }

  /**
   * The warnings of a changed cart. Reserves the lines whose stock is reserved in carts, in place of the earlier reservation of the cart.
   * @param before the SKUs that were in the cart before the change
   */
  async afterChange(ctx: RequestContext, cart: ChangedLines, before: readonly string[]): Promise<CartWarning[]> {
    const skus = [...skusOf(cart.lines), ...before];
    if (skus.length === 0) return [];
    const offers = await this.#offers(ctx, skus, cart.id);
    if (!offers) return [];
    if (!offers.values().some(({ mode }) => mode === 'RESERVE_ON_CART')) return shortagesOf(cart.lines, offers);
    const held = new Map((await this.#hold(ctx, cart)).map(({ sku, quantity }) => [sku, quantity]));
    const left = [...offers].map(
      ([sku, offer]) => [sku, { ...offer, available: held.get(sku) ?? offer.available }] as const,
    );
    return shortagesOf(cart.lines, new Map(left));
  }

  /** The number of units that can be sold now, by SKU. Null when inventory does not reply. @param skus at least one SKU */
  async levels(ctx: RequestContext, skus: readonly string[]): Promise<ReadonlyMap<string, number> | null> {
    const offers = await this.#offers(ctx, skus);
    return offers && availableIn(offers);
  }

  async #offers(ctx: RequestContext, skus: readonly string[], cartId?: string): Promise<StockOffers | null> {
    const request = { skus: [...new Set(skus)].slice(0, MAX_CHECKED_SKUS), ...(cartId && { cartId }) };
    const ask = () => this.#commands.send(ctx, CheckStock, request);
    const reply = await this.#answer(ctx, ask, 'cart shown without stock warnings and gifts');
    return reply && new Map(reply.available.map(({ sku, ...offer }) => [sku, offer]));
  }

  async #hold(ctx: RequestContext, { id, version, lines }: ChangedLines): Promise<readonly ReservedUnits[]> {
    const demand = lines.map(({ sku, quantity }) => ({ sku, quantity }));
    const request = { cartId: id, cartVersion: version, lines: demand };
    const ask = () => this.#commands.send(ctx, HoldCartStock, request);
    const reply = await this.#answer(ctx, ask, 'no stock reserved in the cart until its next change');
    return reply?.held ?? [];
  }

  /** Null when inventory does not reply. @param consequence for the log */
  async #answer<Reply>(ctx: RequestContext, ask: () => Promise<Reply>, consequence: string): Promise<Reply | null> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#logger.warn({ ...logIds(ctx), error }, `inventory did not reply, ${consequence}`);
      return null;
    }
  }
}

const skusOf = (lines: readonly StockDemand[]) => lines.map(({ sku }) => sku);

function availableIn(offers: StockOffers): ReadonlyMap<string, number> {
  return new Map([...offers].map(([sku, { available }]) => [sku, available]));
}

const NOTHING: StockOffer = { available: 0 };

/** A warning for each line with more units than are available. */
function shortagesOf(lines: readonly StockDemand[], offers: StockOffers): CartWarning[] {
  return lines.flatMap((line) => {
    const offer = offers.get(line.sku) ?? NOTHING;
    return line.quantity > offer.available ? [shortageOf(line, offer)] : [];
  });
}

function shortageOf(
  { id, variantId, sku, quantity }: StockDemand,
  { available, backorderable = 0, expectedAt }: StockOffer,
): CartWarning {
  const isBackordered = quantity <= available + backorderable;
  const remedy = available + backorderable > 0 ? 'take fewer' : 'remove the line';
  const sold = `${quantity} of ${sku} are in the cart, ${available} can be sold now`;
  return {
    code: isBackordered ? 'BACKORDERED' : 'INSUFFICIENT_STOCK',
    message: isBackordered
      ? `${sold}: the rest is sent when stock arrives`
      : `${sold}: ${remedy}, or the checkout is refused`,
    lineId: id,
    variantId,
    sku,
    requested: quantity,
    available,
    expectedAt: expectedAt === undefined ? null : new Date(expectedAt),
  };
}
