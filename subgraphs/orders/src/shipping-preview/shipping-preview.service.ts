import { randomUUID } from 'node:crypto';
import { SettingsWrite } from '@souk/accounts/contract';
import { channelOf, requireScope, type RequestContext } from '@souk/kit/context';
import { err, failure, lineTotal, money, ok, sum, type Failure, type Result } from '@souk/kit/domain';
import { openCart } from '../cart/cart-changes.ts';
import { addLines, type LineDemand } from '../cart/cart-lines.ts';
import type { CartOffers } from '../cart/cart-offers.service.ts';
import type { Cart } from '../cart/cart.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import { enteredMinor } from '../entered-amount.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import { shipmentOf, type Shipment, type ShippingTerms } from '../shipping-method/shipping-method.ts';
import { findShippingZone, type StoredShippingZone } from '../shipping-zone/shipping-zone.repository.ts';
import { placeOf } from '../tax/tax-terms.repository.ts';
import { findTermsAt, findZoneIdAt } from './shipping-preview.repository.ts';

/** Input of the query `shippingPreview`. */
export interface ShippingPreviewRequest {
  readonly countryCode: string;
  readonly region?: string | null;
  readonly postalCode?: string | null;
  /** @default the tenant's currency */
  readonly currencyCode?: string | null;
  readonly lines?: readonly LineDemand[] | null;
  /** The total weight. @default the weight of `lines` */
  readonly weightGrams?: number | null;
  readonly subtotal?: string | null;
  readonly quantity?: number | null;
}

/** A cart at its destination, and all methods of the tenant with their prices. */
export interface PreviewedShipping {
  readonly zone: StoredShippingZone | null;
  readonly shipment: Shipment;
  readonly terms: readonly ShippingTerms[];
}

type Failures = Failure | readonly Failure[];

/** Computes for staff which shipping methods a cart is offered, and why others are not. Saves nothing. */
export class ShippingPreviews {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #offers: CartOffers;

  constructor(unitOfWork: OrdersUnitOfWork, offers: CartOffers) {
    this.#unitOfWork = unitOfWork;
    this.#offers = offers;
  }

  /** @throws AccessDeniedError without the scope `settings:write` */
  async preview(ctx: RequestContext, request: ShippingPreviewRequest): Promise<Result<PreviewedShipping, Failures>> {
    requireScope(ctx, SettingsWrite);
    const currency = request.currencyCode ?? (await this.#unitOfWork.read(ctx, findOrderSettings)).defaultCurrency;
    const cart = await this.#cartOf(ctx, request, currency);
    if (!cart.ok) return cart;
    const shipment = shipmentWith(cart.value, request);
    if (!shipment.ok) return shipment;
    const { region = null, postalCode = null } = request;
    const place = placeOf({ countryCode: request.countryCode.toUpperCase(), region, postalCode });
    return this.#unitOfWork.read(ctx, async (tx) => {
      const zoneId = await findZoneIdAt(tx, place);
      const zone = zoneId === null ? null : await findShippingZone(tx, zoneId);
      return ok({ zone, shipment: shipment.value, terms: await findTermsAt(tx, place, currency) });
    });
  }

  /** A cart with the requested lines at current prices, which is not stored. */
  async #cartOf(
    ctx: RequestContext,
    { countryCode, lines }: ShippingPreviewRequest,
    currency: string,
  ): Promise<Result<Cart, Failures>> {
    const empty = openCart(randomUUID(), { currency, locale: ctx.locale, channelId: channelOf(ctx) });
    if (!lines || lines.length === 0) return ok(empty);
    const variantIds = lines.map(({ variantId }) => variantId);
    const offer = await this.#offers.ask(ctx, { ...empty, countryCode: countryCode.toUpperCase(), variantIds }, []);
    return offer.ok ? addLines(empty, lines, offer.value, randomUUID) : offer;
  }
}

/** The fields of a cart on which shipping prices depend. Requested values replace the values that the cart's lines have. */
function shipmentWith(
  { lines, currency }: Cart,
  { weightGrams, subtotal, quantity }: ShippingPreviewRequest,
): Result<Shipment, Failure> {
  const totals = lines.map((line) => lineTotal(line.unitPrice, line.quantity, currency));
  const shipment = shipmentOf(lines, sum(totals, currency));
  const entered = typeof subtotal === 'string' ? enteredMinor(subtotal, currency) : shipment.subtotal.amountMinor;
  if (entered === null) return err(failure('INVALID_INPUT', `subtotal takes an amount in ${currency}`, ['subtotal']));
  return ok({
    ...shipment,
    subtotal: money(entered, currency),
    weightGrams: weightGrams ?? shipment.weightGrams,
    quantity: quantity ?? shipment.quantity,
  });
}
