import { err, expectVersion, ok, type Failure, type Result } from '@souk/kit/domain';
import { addressFailures, type Address } from '@souk/kit/postal';
import { readVatId } from '@souk/kit/vat';
import { changeRemarks, NO_REMARKS, type RemarksChange } from '../custom-attribute/custom-attribute.ts';
import { isEmail } from './email.ts';
import { canonicalCode } from '../promotion/discount-code.ts';
import { vatIdInvalid } from '../tax/tax.errors.ts';
import { priceCart, settleCart, type CartTerms } from './cart-pricing.ts';
import {
  cartClosed,
  cartNotFound,
  discountCodeUnknown,
  emailInvalid,
  shippingMethodNotAvailable,
} from './cart.errors.ts';
import type { Cart, PricedCart } from './cart.ts';

/** A new cart without lines. `id` must be a random UUID: see `Cart`. */
export function openCart(
  id: string,
  { currency, locale, channelId }: Pick<Cart, 'currency' | 'locale' | 'channelId'>,
): Cart {
  return {
    id,
    status: 'ACTIVE',
    customerId: null,
    channelId,
    currency,
    locale,
    email: null,
    shippingAddress: null,
    billingAddress: null,
    shippingMethodId: null,
    discountCodes: [],
    savingsMinor: 0,
    taxId: null,
    taxAdjustmentMinor: 0,
    lines: [],
    gifts: [],
    ...NO_REMARKS,
    draftOrderId: null,
    version: 1,
  };
}

/** Returns the cart if it exists, is active, is not being ordered and has the expected version. Otherwise returns the failure. */
export function changeable(cart: Cart | null, expectedVersion: number | null | undefined): Result<Cart, Failure> {
  if (!cart) return err(cartNotFound());
  if (cart.status !== 'ACTIVE') return err(cartClosed(cart.status));
  const expected = expectVersion(cart.version, expectedVersion);
  return expected.ok ? ok(cart) : expected;
}

/** The buyer's e-mail address, the shipping address and the billing address. Each of them may be missing in a draft order. */
export interface CartAddresses {
  readonly email: string | null;
  readonly shippingAddress: Address | null;
  /** Null when the billing address is the shipping address. */
  readonly billingAddress: Address | null;
}

export function setAddresses(cart: Cart, { email, ...addresses }: CartAddresses): Result<Cart, readonly Failure[]> {
  const failures = [
    ...(email === null || isEmail(email) ? [] : [emailInvalid()]),
    ...(addresses.shippingAddress ? addressFailures(addresses.shippingAddress, ['shippingAddress']) : []),
    ...(addresses.billingAddress ? addressFailures(addresses.billingAddress, ['billingAddress']) : []),
  ];
  return failures.length > 0 ? err(failures) : ok({ ...cart, email, ...addresses });
}

/** Sets or removes the buyer's VAT id. Returns a failure when the text is not a VAT id. */
export function setTaxId(cart: Cart, entered: string | null): Result<Cart, Failure> {
  if (entered === null) return ok({ ...cart, taxId: null });
  const read = readVatId(entered);
  return read.ok ? ok({ ...cart, taxId: read.value.text }) : err(vatIdInvalid(read.error));
}

/** Changes the buyer's note, the purchase order number and the attributes. Returns a failure when two attributes have the same key. */
export function setRemarks(cart: Cart, change: RemarksChange): Result<Cart, Failure> {
  const remarks = changeRemarks(cart, change);
  return remarks.ok ? ok({ ...cart, ...remarks.value }) : remarks;
}

/** Replaces the discount codes. A repeated code is stored once. */
export function setDiscountCodes(cart: Cart, codes: readonly string[]): Cart {
  return { ...cart, discountCodes: [...new Set(codes.map((code) => canonicalCode(code)))] };
}

/**
 * The last step of a change. It prices the changed cart, or returns a failure when the promotions, taxes or shipping rates do not allow the
 * change.
 */
export type Settle = (cart: Cart, terms: CartTerms) => Result<PricedCart, Failure | readonly Failure[]>;

/** The last step of most changes. It removes the chosen shipping method when the change made the method unavailable. */
export const settled: Settle = (cart, terms) => ok(settleCart(cart, terms));

/** The last step when the buyer chooses a shipping method. It fails when the method is not offered for the cart. */
export const chosen: Settle = (cart, terms) => {
  const priced = priceCart(cart, terms);
  return priced.shippingMethod ? ok(priced) : err(shippingMethodNotAvailable());
};

/**
 * The last step when the buyer enters discount codes. It fails for a code that the shop has no promotion for.
 * @param codes as the buyer entered them
 */
export function knownCodes(codes: readonly string[]): Settle {
  return (cart, terms) => {
    const priced = settleCart(cart, terms);
    const unknown = new Set(
      priced.promotions.codes.filter(({ outcome }) => outcome === 'UNKNOWN').map(({ code }) => code),
    );
    const failures = codes.flatMap((code, index) =>
      unknown.has(canonicalCode(code)) ? [discountCodeUnknown(code, ['codes', String(index)])] : [],
    );
    return failures.length > 0 ? err(failures) : ok(priced);
  };
}
