import type { Failure } from '@souk/kit/domain';
import { NO_REMARKS } from '../custom-attribute/custom-attribute.ts';
import { MAX_DISCOUNT_CODES } from '../promotion/discount-code.ts';
import { addLines, type CatalogAnswer } from './cart-lines.ts';
import type { Cart, CartLine } from './cart.ts';

/** A line that stays in the merged cart, because it does not fit the cart of the customer. */
export interface LeftLine {
  readonly line: CartLine;
  readonly reason: Failure;
}

/** The two carts after a merge. */
export interface MergedCarts {
  readonly own: Cart;
  /** MERGED when it has no line left. Otherwise it stays active, with the lines that do not fit. */
  readonly other: Cart;
  readonly left: readonly LeftLine[];
}

/**
 * Moves the lines of a cart to the cart of a customer. Units of a variant in both carts are added, within the limits of every cart. A line
 * that does not fit stays where it is, so no line is lost. The customer's own e-mail address, addresses, VAT id and remarks are kept when
 * they are set.
 * @param catalog the reply of the catalog about the variants of both carts, in the currency of `own`
 */
export function mergeCarts(own: Cart, other: Cart, catalog: CatalogAnswer, newId: () => string): MergedCarts {
  const left: LeftLine[] = [];
  let merged: Cart = { ...own, ...detailsOf(own, other) };
  for (const line of other.lines) {
    const added = addLines(merged, [{ variantId: line.variantId, quantity: line.quantity }], catalog, newId);
    if (added.ok) merged = added.value;
    else left.push(...added.error.slice(0, 1).map((reason) => ({ line, reason })));
  }
  const rest = { ...other, lines: left.map(({ line }) => line) };
  return { own: merged, other: left.length === 0 ? closed(rest) : rest, left };
}

function detailsOf(own: Cart, other: Cart) {
  const { shippingAddress, billingAddress } = own.shippingAddress === null ? other : own;
  const codes = [...new Set([...own.discountCodes, ...other.discountCodes])].slice(0, MAX_DISCOUNT_CODES);
  const email = own.email ?? other.email;
  return {
    email,
    shippingAddress,
    billingAddress,
    taxId: own.taxId ?? other.taxId,
    discountCodes: codes,
    buyerNote: own.buyerNote ?? other.buyerNote,
    purchaseOrderNumber: own.purchaseOrderNumber ?? other.purchaseOrderNumber,
    attributes: own.attributes.length > 0 ? own.attributes : other.attributes,
  };
}

/** A cart without personal data, because no buyer orders it any more. */
function closed(cart: Cart): Cart {
  const nothing = { email: null, shippingAddress: null, billingAddress: null, taxId: null, shippingMethodId: null };
  return { ...cart, ...NO_REMARKS, ...nothing, status: 'MERGED', discountCodes: [], gifts: [] };
}
