import type { RequestContext } from '@souk/kit/context';

/** A brake limits guessing: the maximum number of attempts of one subject within a window. The window begins with the first attempt. */
export interface Brake {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** One attempt: the brake that limits it, and the counted subject (an address, a cart, an order number). */
export interface Attempt {
  readonly brake: Brake;
  readonly subject: string;
}

const QUARTER_HOUR = 15 * 60;

/** The limit of declined payments from one address. A buyer mistypes a card a few times, but a thief tries hundreds of cards. */
const DECLINES_OF_ADDRESS: Brake = { name: 'declined-address', limit: 20, windowSeconds: QUARTER_HOUR };
const DECLINES_OF_CART: Brake = { name: 'declined-cart', limit: 5, windowSeconds: QUARTER_HOUR };

/** The limit of look-ups of orders from one address. Order numbers are consecutive, so a stranger has to guess only the e-mail address. */
const LOOK_UPS_OF_ADDRESS: Brake = { name: 'look-up-address', limit: 20, windowSeconds: QUARTER_HOUR };
const LOOK_UPS_OF_ORDER: Brake = { name: 'look-up-order', limit: 10, windowSeconds: QUARTER_HOUR };

/** The attempts that are counted for a declined payment of a cart. */
export function declineOf(ctx: RequestContext, cartId: string): Attempt[] {
  return [...ofAddress(DECLINES_OF_ADDRESS, ctx), { brake: DECLINES_OF_CART, subject: cartId }];
}

/** The attempts that are counted for a look-up of an order. */
export function lookUpOf(ctx: RequestContext, orderNumber: string): Attempt[] {
  return [...ofAddress(LOOK_UPS_OF_ADDRESS, ctx), { brake: LOOK_UPS_OF_ORDER, subject: orderNumber }];
}

/** The attempt of the client's address. Empty when no client requested the work. */
function ofAddress(brake: Brake, { clientAddress }: RequestContext): Attempt[] {
  return clientAddress === undefined ? [] : [{ brake, subject: clientAddress }];
}
