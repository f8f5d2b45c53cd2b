const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The id of a cart in a payment link of the shop, `#cart=...`. A fragment never reaches a server or its logs.
 * @returns undefined for a page without such a fragment
 */
export function linkedCart(hash: string): string | undefined {
  const id = new URLSearchParams(hash.slice(1)).get('cart');
  return id !== null && ID.test(id) ? id : undefined;
}
