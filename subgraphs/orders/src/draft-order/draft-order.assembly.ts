import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { CartOffers } from '../cart/cart-offers.service.ts';
import type { CartService } from '../cart/cart.service.ts';
import type { CheckoutService } from '../checkout/checkout.service.ts';
import type { OrdersDatabase } from '../database.ts';
import type { OrderLoader } from '../order/order.loader.ts';
import { draftOrderExpiryJob } from './draft-order-expiry.job.ts';
import { DraftOrderResolver } from './draft-order.resolver.ts';
import { DraftOrderService } from './draft-order.service.ts';

/** The services that draft orders call. */
export interface DraftOrderFeatures {
  readonly offers: CartOffers;
  readonly carts: CartService;
  readonly checkouts: CheckoutService;
  readonly orders: OrderLoader;
}

/** The GraphQL classes of draft orders. */
export const draftOrderClasses = { resolvers: [DraftOrderResolver] as const };

/** Creates the service, the resolver and the job of draft orders. */
export function createDraftOrders(
  { unitOfWork, clock }: Pick<SubgraphDependencies<OrdersDatabase, unknown>, 'unitOfWork' | 'clock'>,
  { offers, carts, checkouts, orders }: DraftOrderFeatures,
) {
  const drafts = new DraftOrderService({ unitOfWork, offers, checkouts, clock });
  return {
    resolvers: [new DraftOrderResolver(drafts, carts, orders)],
    jobs: [draftOrderExpiryJob(unitOfWork)],
  };
}
