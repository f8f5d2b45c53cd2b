import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { OrdersUnitOfWork } from '../database.ts';
import { withGifts } from './cart-gifts.ts';
import { repriceLines } from './cart-lines.ts';
import type { CartOffers } from './cart-offers.service.ts';
import { priceCart } from './cart-pricing.ts';
import { findCartTerms } from './cart-terms.repository.ts';
import { refusedLine, type MissingReason } from './cart.errors.ts';
import type { Cart, CartLine, PricedCart } from './cart.ts';

/** Prices a cart with the current prices, taxes and shipping rates. */
export class CartPricing {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #offers: CartOffers;

  constructor(unitOfWork: OrdersUnitOfWork, offers: CartOffers) {
    this.#unitOfWork = unitOfWork;
    this.#offers = offers;
  }

  /**
   * Returns the cart at current prices, taxes and shipping rates, without saving it. `priceChanges` compares the result with the saved
   * prices. The method sends a command to the catalog, so call it outside of transactions. It fails with VARIANT_NOT_FOUND or PRICE_MISSING
   * for a line that is no longer sold, and with SERVICE_UNAVAILABLE when the catalog does not reply.
   */
  async price(ctx: RequestContext, cart: Cart): Promise<Result<PricedCart, Failure>> {
    const variantIds = cart.lines.map((line) => line.variantId);
    const countryCode = cart.shippingAddress?.countryCode ?? null;
    const answer = await this.#offers.ask(ctx, { ...cart, countryCode, variantIds }, cart.gifts);
    if (!answer.ok) return answer;
    const { missing } = answer.value;
    const unsold = cart.lines.find((line) => missing.has(line.variantId));
    if (unsold) return err(noLongerSold(cart, unsold, missing.get(unsold.variantId) ?? 'VARIANT_NOT_FOUND'));
    const repriced = withSeenWeights(repriceLines(cart, answer.value), cart);
    const today = withGifts(repriced, answer.value.gifts, randomUUID);
    return ok(priceCart(today, await this.#unitOfWork.quickRead(ctx, (tx) => findCartTerms(tx, today))));
  }
}

/** The lines with the weights that the cart stored at the buyer's last change. The shipping price is then the one that the buyer saw. */
function withSeenWeights(repriced: Cart, seen: Cart): Cart {
  const weights = new Map(seen.lines.map(({ id, weightGrams }) => [id, weightGrams]));
  return {
    ...repriced,
    lines: repriced.lines.map((line) => ({ ...line, weightGrams: weights.get(line.id) ?? null })),
  };
}

/** Returned when the shop no longer sells a variant that is in the cart. */
function noLongerSold(cart: Cart, { sku, variantId }: CartLine, code: MissingReason): Failure {
  const { field } = refusedLine(cart, variantId, 'variantId');
  return failure(code, `${sku} is not sold any more; remove its line from the cart`, field);
}
