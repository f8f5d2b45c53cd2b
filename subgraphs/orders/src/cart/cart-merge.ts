import type { Failure } from '@souk/kit/domain';
import { NO_REMARKS } from '../custom-attribute/custom-attribute.ts';
import { MAX_DISCOUNT_CODES } from '../promotion/discount-code.ts';
import { addLines, type CatalogAnswer } from './cart-lines.ts';
import type { Cart, CartLine } from './cart.ts';

/**
 * A line that was not moved. It exceeds a limit of the customer's cart, or the catalog does not sell its variant in the cart's currency.
 */
export interface LeftLine {
  readonly line: CartLine;
  readonly reason: Failure;
}

/** The two carts after a merge. */
export interface MergedCarts {
  readonly own: Cart;
  /** The visitor's cart. Its status is MERGED when all its lines were moved. Otherwise it stays active with the remaining lines. */
  readonly other: Cart;
  readonly left: readonly LeftLine[];
}

/**
 * Moves the lines of the cart `other` into the customer's cart `own`. When both carts have a variant, its quantities are added, within the
 * limits of every cart. A line that cannot be moved stays in `other`. The e-mail address, addresses, VAT id and `Remarks` of `own` are kept
 * when they are set.
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

/** The merged cart without personal data. It will never be ordered, so the data is not needed. */
function closed(cart: Cart): Cart {
  const nothing = { email: null, shippingAddress: null, billingAddress: null, taxId: null, shippingMethodId: null };
  return { ...cart, ...NO_REMARKS, ...nothing, status: 'MERGED', discountCodes: [], gifts: [] };
}
