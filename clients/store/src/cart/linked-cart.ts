const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Parses the cart id from a payment link, `#cart=...`. Browsers do not send the fragment, so the id does not appear in
 * server logs.
 * @returns undefined when the URL has no such fragment
 */
export function linkedCart(hash: string): string | undefined {
  const id = new URLSearchParams(hash.slice(1)).get('cart');
  return id !== null && ID.test(id) ? id : undefined;
}
