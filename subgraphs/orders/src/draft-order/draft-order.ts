import { err, isDecimal, ok, parseScaled, UNIT_PRICE_SCALE, type Failure, type Result } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import { setAddresses } from '../cart/cart-changes.ts';
import type { StaffDemand } from '../cart/cart-lines.ts';
import type { Cart } from '../cart/cart.ts';
import type { StaffPrice } from '../cart/staff-price.ts';
import { draftClosed, expiryInvalid, priceReasonMissing, priceTwice, staffPriceInvalid } from './draft-order.errors.ts';

/** PLACED: the draft became an order. EXPIRED: the draft was not ordered in time. Both statuses are final. */
export const DRAFT_ORDER_STATUSES = ['DRAFT', 'PLACED', 'EXPIRED'] as const;
export type DraftOrderStatus = (typeof DRAFT_ORDER_STATUSES)[number];

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 14;
const MAX_DAYS = 180;
const MAX_BASIS_POINTS = 10_000n;
const MAX_UNIT_PRICE = 10n ** 9n;

/** A line of a draft order with the texts that staff entered. */
export interface EnteredLine {
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPrice?: string | null;
  readonly discountPercent?: string | null;
  readonly priceReason?: string | null;
}

/** A change of the buyer's data. An absent field keeps its value. Null removes the value. */
export interface BuyerChange {
  readonly email?: string | null | undefined;
  readonly shippingAddress?: Address | null | undefined;
  readonly billingAddress?: Address | null | undefined;
}

export function changeBuyer(cart: Cart, change: BuyerChange): Result<Cart, readonly Failure[]> {
  const { email = cart.email, shippingAddress = cart.shippingAddress, billingAddress = cart.billingAddress } = change;
  return setAddresses(cart, { email, shippingAddress, billingAddress });
}

/** The time at which a draft expires. Fails for a time in the past or more than `MAX_DAYS` ahead. @default 14 days from now */
export function expiryOf(entered: Date | null, now: Date): Result<Date, Failure> {
  const at = entered ?? new Date(now.getTime() + DEFAULT_DAYS * DAY_MS);
  const isValid = at > now && at.getTime() <= now.getTime() + MAX_DAYS * DAY_MS;
  return isValid ? ok(at) : err(expiryInvalid());
}

/** Returns the draft if it is open. Fails when the draft became an order or has expired. */
export function openDraft<Draft extends { readonly status: DraftOrderStatus }>(draft: Draft): Result<Draft, Failure> {
  return draft.status === 'DRAFT' ? ok(draft) : err(draftClosed(draft.status));
}

/**
 * Parses the prices that staff entered. Fails for an invalid price or percentage, for a line with both a price and a percentage, and for a
 * price without a reason.
 */
export function staffDemands(lines: readonly EnteredLine[]): Result<readonly StaffDemand[], readonly Failure[]> {
  const read = lines.map((line, index) => staffPriceOf(line, ['lines', String(index)]));
  const failures = read.flatMap((each) => (each.ok ? [] : [each.error]));
  if (failures.length > 0) return err(failures);
  return ok(
    lines.map(({ variantId, quantity }, index) => {
      const price = read[index];
      return { variantId, quantity, staffPrice: price?.ok ? price.value : null };
    }),
  );
}

function staffPriceOf(
  { unitPrice = null, discountPercent = null, priceReason = null }: EnteredLine,
  line: readonly string[],
): Result<StaffPrice | null, Failure> {
  if (unitPrice === null && discountPercent === null) return ok(null);
  if (unitPrice !== null && discountPercent !== null) return err(priceTwice([...line, 'discountPercent']));
  if (priceReason === null) return err(priceReasonMissing([...line, 'priceReason']));
  if (unitPrice !== null) {
    const scaled = scaledOf(unitPrice, UNIT_PRICE_SCALE);
    const isPrice = scaled !== null && scaled <= MAX_UNIT_PRICE * 10n ** BigInt(UNIT_PRICE_SCALE);
    if (!isPrice) return err(staffPriceInvalid([...line, 'unitPrice']));
    return ok({ kind: 'FIXED', unitPrice, reason: priceReason });
  }
  const points = scaledOf(discountPercent ?? '', 2);
  if (points === null || points < 1n || points > MAX_BASIS_POINTS)
    return err(staffPriceInvalid([...line, 'discountPercent']));
  return ok({ kind: 'DISCOUNT', basisPoints: Number(points), reason: priceReason });
}

/**
 * A decimal as an integer without a decimal point: "1.5" with 2 places is 150. Null when the text is negative, malformed or has more
 * decimal places.
 */
function scaledOf(text: string, places: number): bigint | null {
  if (!isDecimal(text) || text.startsWith('-') || (text.split('.')[1] ?? '').length > places) return null;
  return parseScaled(text, places);
}
