import type { RequestContext } from '@souk/kit/context';

/** The maximum number of attempts of one subject within a window. The first attempt starts the window. */
export interface AttemptLimit {
  readonly name: string;
  readonly maxAttempts: number;
  readonly windowSeconds: number;
}

/** One attempt. The subject is a client IP address, a cart id or an order number. */
export interface Attempt {
  readonly limit: AttemptLimit;
  readonly subject: string;
}

const QUARTER_HOUR = 15 * 60;

/** A buyer mistypes a card a few times. A card thief tries hundreds of cards. */
const DECLINES_OF_ADDRESS: AttemptLimit = { name: 'declined-address', maxAttempts: 20, windowSeconds: QUARTER_HOUR };
const DECLINES_OF_CART: AttemptLimit = { name: 'declined-cart', maxAttempts: 5, windowSeconds: QUARTER_HOUR };

/** Order numbers are consecutive. An attacker therefore only has to guess the e-mail address of an order. */
const LOOK_UPS_OF_ADDRESS: AttemptLimit = { name: 'look-up-address', maxAttempts: 20, windowSeconds: QUARTER_HOUR };
const LOOK_UPS_OF_ORDER: AttemptLimit = { name: 'look-up-order', maxAttempts: 10, windowSeconds: QUARTER_HOUR };

/** A buyer tries a few discount codes, a brute-force program tries thousands. Attempts with existing codes count too. */
const CODES_OF_ADDRESS: AttemptLimit = { name: 'code-address', maxAttempts: 100, windowSeconds: QUARTER_HOUR };
const CODES_OF_CART: AttemptLimit = { name: 'code-cart', maxAttempts: 30, windowSeconds: QUARTER_HOUR };

/** The attempts that entering discount codes adds to the counts, per client IP address and per cart. */
export function codeEntryOf(ctx: RequestContext, cartId: string): Attempt[] {
  return [...ofAddress(CODES_OF_ADDRESS, ctx), { limit: CODES_OF_CART, subject: cartId }];
}

/** The attempts that a declined payment adds to the counts, per client IP address and per cart. */
export function declineOf(ctx: RequestContext, cartId: string): Attempt[] {
  return [...ofAddress(DECLINES_OF_ADDRESS, ctx), { limit: DECLINES_OF_CART, subject: cartId }];
}

/**
 * The attempt that a declined payment adds to the count of the client's IP address. Null for background jobs, which have no client IP
 * address.
 */
export function addressOfDecline(ctx: RequestContext): Attempt | null {
  return ofAddress(DECLINES_OF_ADDRESS, ctx)[0] ?? null;
}

/** The attempts that one look-up of an order adds to the counts, per client IP address and per order number. */
export function lookUpOf(ctx: RequestContext, orderNumber: string): Attempt[] {
  return [...ofAddress(LOOK_UPS_OF_ADDRESS, ctx), { limit: LOOK_UPS_OF_ORDER, subject: orderNumber }];
}

function ofAddress(limit: AttemptLimit, { clientAddress }: RequestContext): Attempt[] {
  return clientAddress === undefined ? [] : [{ limit, subject: clientAddress }];
}
