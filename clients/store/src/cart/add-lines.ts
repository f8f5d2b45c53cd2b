import { CartCreateDocument, CartLinesAddDocument, perform, type HttpClient } from '@souk/sdk';

interface Line {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * Error codes of a cart that cannot be changed. The cart was ordered in another tab or on another device, or does not
 * exist.
 */
const GONE: readonly string[] = ['NOT_FOUND', 'CART_CLOSED'];

/** Adds a line to the cart. Creates a cart when there is none, or when the cart cannot be changed. */
export async function addLine(http: HttpClient, cartId: string | null, line: Line) {
  if (cartId === null) return createCart(http, line);
  const added = await perform(http, CartLinesAddDocument, { input: { cartId, lines: [line] } });
  const isGone = added.kind === 'refused' && added.refusals.every(({ code }) => GONE.includes(code));
  return isGone ? createCart(http, line) : added;
}

function createCart(http: HttpClient, line: Line) {
  return perform(http, CartCreateDocument, { input: { lines: [line] } });
}
