import { randomUUID } from 'node:crypto';
import { channelOf, requireScope, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { openCart, setDiscountCodes } from '../cart/cart-changes.ts';
import { MAX_GIFTS, withGifts, type PossibleGift } from '../cart/cart-gifts.ts';
import { addLines, type LineDemand } from '../cart/cart-lines.ts';
import type { CartOffers } from '../cart/cart-offers.service.ts';
import { priceCart } from '../cart/cart-pricing.ts';
import { findCartTerms } from '../cart/cart-terms.repository.ts';
import { cartNotFound } from '../cart/cart.errors.ts';
import { findCart } from '../cart/cart.repository.ts';
import type { Cart, PricedCart } from '../cart/cart.ts';
import { PromotionsRead } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { configurePromotion, type PromotionDraft } from '../promotion/promotion-settings.ts';
import { findBuyerFacts } from '../promotion/promotion-use.repository.ts';
import { findCandidates, findPossibleGifts, findPromotion } from '../promotion/promotion.repository.ts';
import type { CandidatePromotion, PromotionSettings } from '../promotion/promotion.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import { obstacleOf, withPreviewed } from './promotion-preview.ts';

/** Input of the query `promotionPreview`. */
export interface PreviewRequest {
  readonly id?: string | null;
  readonly settings?: PromotionDraft | null;
  readonly cartId?: string | null;
  readonly lines?: readonly LineDemand[] | null;
  /** @default the tenant's currency */
  readonly currencyCode?: string | null;
  readonly email?: string | null;
  readonly codes?: readonly string[] | null;
  readonly customerGroupIds?: readonly string[] | null;
  /** For `lines`. @default the channel of the request */
  readonly channelId?: string | null;
  /** @default now */
  readonly at?: Date | null;
}

/** The promotion that staff preview. A new promotion has an id that is not stored. */
interface Previewed {
  readonly id: string;
  readonly isNew: boolean;
  readonly settings: PromotionSettings;
}

/** A priced cart, with all promotions that were considered. */
export interface PreviewedCart {
  readonly priced: PricedCart;
  /** In the order in which promotions apply. */
  readonly candidates: readonly CandidatePromotion[];
  /** Null when the request does not contain a promotion. */
  readonly previewed: Previewed | null;
}

/** The cart and the promotion of a preview, before the catalog's prices are loaded. */
interface Subject {
  readonly cart: Cart;
  readonly previewed: Previewed | null;
  readonly possible: readonly PossibleGift[];
}

type Failures = Failure | readonly Failure[];

/** Computes how promotions would change a cart, for staff. Saves nothing. */
export class PromotionPreviews {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #offers: CartOffers;
  readonly #clock: Clock;

  constructor(unitOfWork: OrdersUnitOfWork, offers: CartOffers, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#offers = offers;
    this.#clock = clock;
  }

  /** @throws AccessDeniedError without the scope `promotions:read` */
  async preview(ctx: RequestContext, request: PreviewRequest): Promise<Result<PreviewedCart, Failures>> {
    requireScope(ctx, PromotionsRead);
    if (((request.cartId ?? null) === null) === ((request.lines ?? null) === null)) return err(oneCart());
    const subject = await this.#unitOfWork.read(ctx, (tx) => subjectOf(tx, request));
    if (!subject.ok) return subject;
    const cart = await this.#stocked(ctx, subject.value, request.lines ?? []);
    if (!cart.ok) return cart;
    const { previewed } = subject.value;
    return this.#unitOfWork.read(ctx, async (tx) => {
      const terms = await findCartTerms(tx, cart.value);
      const candidates = await this.#candidates(tx, cart.value, previewed, request);
      return ok({ priced: priceCart(cart.value, { ...terms, promotions: candidates }), candidates, previewed });
    });
  }

  /** The cart with current prices and gifts. */
  async #stocked(
    ctx: RequestContext,
    { cart, possible }: Subject,
    demands: readonly LineDemand[],
  ): Promise<Result<Cart, Failures>> {
    const variantIds = [...cart.lines, ...demands].map(({ variantId }) => variantId);
    const countryCode = cart.shippingAddress?.countryCode ?? null;
    const offer = await this.#offers.ask(ctx, { ...cart, countryCode, variantIds }, possible);
    if (!offer.ok) return offer;
    const added = addLines(cart, demands, offer.value, randomUUID);
    return added.ok ? ok(withGifts(added.value, offer.value.gifts, randomUUID)) : added;
  }

  async #candidates(
    tx: OrdersTransaction,
    { discountCodes, email, channelId }: Cart,
    previewed: Previewed | null,
    request: PreviewRequest,
  ): Promise<readonly CandidatePromotion[]> {
    const at = request.at ?? this.#clock.now();
    const customerGroupIds = request.customerGroupIds ?? [];
    const stored = await findCandidates(tx, { discountCodes, email, channelId, customerGroupIds, at });
    if (!previewed) return stored;
    const { id, isNew, settings } = previewed;
    const facts = await findBuyerFacts(tx, { promotionId: id, email });
    const obstacle = obstacleOf(settings, { ...facts, at, customerGroupIds, channelId });
    return withPreviewed(stored, { ...settings, id, obstacle }, isNew);
  }
}

async function subjectOf(tx: OrdersTransaction, request: PreviewRequest): Promise<Result<Subject, Failures>> {
  const [previewed, cart] = [await previewedOf(tx, request), await cartOf(tx, request)];
  if (!previewed.ok) return previewed;
  if (!cart) return err(cartNotFound());
  const code = previewed.value?.settings.code ?? null;
  const codes = [...cart.discountCodes, ...(request.codes ?? []), ...(code === null ? [] : [code])];
  const shown = { ...setDiscountCodes(cart, codes), email: request.email ?? cart.email };
  return ok({ cart: shown, previewed: previewed.value, possible: await giftsOf(tx, shown, previewed.value) });
}

async function previewedOf(
  tx: OrdersTransaction,
  { id, settings }: PreviewRequest,
): Promise<Result<Previewed | null, Failures>> {
  const stored = id ? await findPromotion(tx, id) : null;
  if (id && !stored)
    return err(failure('NOT_FOUND', 'There is no such promotion; read the list of promotions', ['id']));
  if (!settings) return ok(stored && { id: stored.id, isNew: false, settings: stored });
  const checked = configurePromotion(settings);
  if (!checked.ok)
    return err(checked.error.map(({ field, ...each }) => ({ ...each, field: ['settings', ...(field ?? [])] })));
  return ok({ id: stored?.id ?? randomUUID(), isNew: stored === null, settings: checked.value });
}

async function cartOf(
  tx: OrdersTransaction,
  { cartId, currencyCode, channelId }: PreviewRequest,
): Promise<Cart | null> {
  if (cartId) return findCart(tx, cartId);
  const currency = currencyCode ?? (await findOrderSettings(tx)).defaultCurrency;
  const channel = channelId?.toLowerCase() ?? channelOf(tx.ctx);
  return openCart(randomUUID(), { currency, locale: tx.ctx.locale, channelId: channel });
}

async function giftsOf(
  tx: OrdersTransaction,
  { discountCodes }: Cart,
  previewed: Previewed | null,
): Promise<readonly PossibleGift[]> {
  const stored = await findPossibleGifts(tx, discountCodes, MAX_GIFTS);
  const others = stored.filter(({ promotionId }) => promotionId !== previewed?.id);
  const action = previewed?.settings.action;
  if (!previewed || action?.type !== 'GIFT') return others;
  return [...others, { promotionId: previewed.id, variantId: action.variantId }];
}

function oneCart(): Failure {
  return failure('INVALID_INPUT', 'Set either cartId or lines, and not both', ['lines']);
}
