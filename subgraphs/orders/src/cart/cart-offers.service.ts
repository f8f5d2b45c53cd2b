import type { RequestContext } from '@souk/kit/context';
import { ok, type Failure, type Result } from '@souk/kit/domain';
import type { OrdersUnitOfWork } from '../database.ts';
import { giftOffers, type GiftOffer, type PossibleGift } from './cart-gifts.ts';
import type { CatalogAnswer } from './cart-lines.ts';
import { findOutline, type CartOutline } from './cart.repository.ts';
import type { CatalogPrices } from './catalog-prices.service.ts';
import type { StockWarnings } from './stock-warnings.service.ts';

/** The catalog's reply about the variants of a cart, and the gifts that promotions may add. */
export interface CartOffer extends CatalogAnswer {
  readonly gifts: readonly GiftOffer[];
}

const NOTHING: CartOffer = { found: new Map(), missing: new Map(), gifts: [] };

/**
 * Loads the variants that a cart has or may get, from catalog and inventory. Call its methods outside of transactions, because a
 * transaction must not wait for another subgraph.
 */
export class CartOffers {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #catalog: CatalogPrices;
  readonly #stock: StockWarnings;

  constructor(unitOfWork: OrdersUnitOfWork, catalog: CatalogPrices, stock: StockWarnings) {
    this.#unitOfWork = unitOfWork;
    this.#catalog = catalog;
    this.#stock = stock;
  }

  /**
   * Loads the variants of a stored cart, the variants `added`, and the gifts. Empty when the cart is unknown. The later change then fails
   * with NOT_FOUND.
   */
  async forCart(ctx: RequestContext, cartId: string, added: readonly string[]): Promise<Result<CartOffer, Failure>> {
    const outline = await this.#unitOfWork.quickRead(ctx, (tx) => findOutline(tx, cartId));
    if (!outline) return ok(NOTHING);
    return this.ask(ctx, { ...outline, variantIds: [...outline.variantIds, ...added] }, outline.possibleGifts);
  }

  /** Loads the gifts that a stored cart could have with other discount codes. @param codes the discount codes in their stored form */
  async giftsForCodes(
    ctx: RequestContext,
    cartId: string,
    codes: readonly string[],
  ): Promise<Result<readonly GiftOffer[], Failure>> {
    const outline = await this.#unitOfWork.quickRead(ctx, (tx) => findOutline(tx, cartId, codes));
    if (!outline || outline.possibleGifts.length === 0) return ok([]);
    const offer = await this.ask(ctx, { ...outline, variantIds: [] }, outline.possibleGifts);
    return offer.ok ? ok(offer.value.gifts) : offer;
  }

  /** Loads the variants of a stored cart at the prices of another country. Null when the cart is unknown or already has this country. */
  async inCountry(
    ctx: RequestContext,
    cartId: string,
    countryCode: string,
  ): Promise<Result<CartOffer, Failure> | null> {
    const outline = await this.#unitOfWork.quickRead(ctx, (tx) => findOutline(tx, cartId));
    if (!outline || outline.countryCode === countryCode) return null;
    return this.ask(ctx, { ...outline, countryCode }, []);
  }

  /** Loads the variants in `outline` from the catalog, and checks which gifts in `possible` are in stock. */
  async ask(
    ctx: RequestContext,
    outline: CartOutline,
    possible: readonly PossibleGift[],
  ): Promise<Result<CartOffer, Failure>> {
    const gifts = possible.map(({ variantId }) => variantId);
    const answer = await this.#catalog.ask(ctx, { ...outline, variantIds: [...outline.variantIds, ...gifts] });
    if (!answer.ok) return answer;
    const skus = gifts.flatMap((variantId) => answer.value.found.get(variantId)?.sku ?? []);
    const available = skus.length === 0 ? null : await this.#stock.levels(ctx, skus);
    return ok({ ...answer.value, gifts: available ? giftOffers(possible, answer.value, available) : [] });
  }
}
