import type { RequestContext } from '@souk/kit/context';

/** The maximum number of attempts of one subject within a window. The window begins with the first attempt. */
export interface Brake {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** One attempt: the brake and the subject that it counts (an address, a cart, an order number). */
export interface Attempt {
  readonly brake: Brake;
  readonly subject: string;
}

const QUARTER_HOUR = 15 * 60;

/** A buyer mistypes a card a few times. A thief tries hundreds of cards. */
const DECLINES_OF_ADDRESS: Brake = { name: 'declined-address', limit: 20, windowSeconds: QUARTER_HOUR };
const DECLINES_OF_CART: Brake = { name: 'declined-cart', limit: 5, windowSeconds: QUARTER_HOUR };

/** Order numbers are consecutive, so a stranger must guess only the e-mail address. */
const LOOK_UPS_OF_ADDRESS: Brake = { name: 'look-up-address', limit: 20, windowSeconds: QUARTER_HOUR };
const LOOK_UPS_OF_ORDER: Brake = { name: 'look-up-order', limit: 10, windowSeconds: QUARTER_HOUR };

/** The attempts that one declined payment of a cart counts as. */
export function declineOf(ctx: RequestContext, cartId: string): Attempt[] {
  return [...ofAddress(DECLINES_OF_ADDRESS, ctx), { brake: DECLINES_OF_CART, subject: cartId }];
}

/** The attempt of the client's address that a declined payment counts as. Null for work that no client requested. */
export function addressOfDecline(ctx: RequestContext): Attempt | null {
  return ofAddress(DECLINES_OF_ADDRESS, ctx)[0] ?? null;
}

/** The attempts that one look-up of an order counts as. */
export function lookUpOf(ctx: RequestContext, orderNumber: string): Attempt[] {
  return [...ofAddress(LOOK_UPS_OF_ADDRESS, ctx), { brake: LOOK_UPS_OF_ORDER, subject: orderNumber }];
}

/** The attempt of the client's address. Empty for work that no client requested. */
function ofAddress(brake: Brake, { clientAddress }: RequestContext): Attempt[] {
  return clientAddress === undefined ? [] : [{ brake, subject: clientAddress }];
}
