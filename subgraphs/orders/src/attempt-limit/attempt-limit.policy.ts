import type { RequestContext } from '@souk/kit/context';

/** The maximum number of attempts of one subject within a window. The window begins with the first attempt. */
export interface AttemptLimit {
  readonly name: string;
  readonly maxAttempts: number;
  readonly windowSeconds: number;
}

/** One attempt: the limit, and the subject whose attempts count (an address, a cart, an order number). */
export interface Attempt {
  readonly limit: AttemptLimit;
  readonly subject: string;
}

const QUARTER_HOUR = 15 * 60;

/** A buyer mistypes a card a few times. A thief tries hundreds of cards. */
const DECLINES_OF_ADDRESS: AttemptLimit = { name: 'declined-address', maxAttempts: 20, windowSeconds: QUARTER_HOUR };
const DECLINES_OF_CART: AttemptLimit = { name: 'declined-cart', maxAttempts: 5, windowSeconds: QUARTER_HOUR };

/** Order numbers are consecutive, so a stranger must guess only the e-mail address. */
const LOOK_UPS_OF_ADDRESS: AttemptLimit = { name: 'look-up-address', maxAttempts: 20, windowSeconds: QUARTER_HOUR };
const LOOK_UPS_OF_ORDER: AttemptLimit = { name: 'look-up-order', maxAttempts: 10, windowSeconds: QUARTER_HOUR };

/** A buyer tries a few codes. A program tries thousands. Known codes count too: a burst of guesses must not find one for free. */
const CODES_OF_ADDRESS: AttemptLimit = { name: 'code-address', maxAttempts: 100, windowSeconds: QUARTER_HOUR };
const CODES_OF_CART: AttemptLimit = { name: 'code-cart', maxAttempts: 30, windowSeconds: QUARTER_HOUR };

/** The attempts that entering discount codes counts as. */
export function codeEntryOf(ctx: RequestContext, cartId: string): Attempt[] {
  return [...ofAddress(CODES_OF_ADDRESS, ctx), { limit: CODES_OF_CART, subject: cartId }];
}

/** The attempts that one declined payment of a cart counts as. */
export function declineOf(ctx: RequestContext, cartId: string): Attempt[] {
  return [...ofAddress(DECLINES_OF_ADDRESS, ctx), { limit: DECLINES_OF_CART, subject: cartId }];
}

/** The attempts that one look-up of an order counts as. */
export function lookUpOf(ctx: RequestContext, orderNumber: string): Attempt[] {
  return [...ofAddress(LOOK_UPS_OF_ADDRESS, ctx), { limit: LOOK_UPS_OF_ORDER, subject: orderNumber }];
}

/** The attempt of the client's address. Empty for work that no client requested. */
function ofAddress(limit: AttemptLimit, { clientAddress }: RequestContext): Attempt[] {
  return clientAddress === undefined ? [] : [{ limit, subject: clientAddress }];
}
