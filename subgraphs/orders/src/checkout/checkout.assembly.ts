import type { SubgraphParts } from '@souk/kit/runtime';
import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import type { CartPricing } from '../cart/cart-pricing.service.ts';
import type { OrdersDatabase } from '../database.ts';
import type { OrderCompensating } from '../order/order-compensation.job.ts';
import type { OrderService } from '../order/order.service.ts';
import { CheckoutFinishing } from './checkout-confirmation.service.ts';
import { CheckoutJournal, type OnCheckoutStep } from './checkout-journal.service.ts';
import { CheckoutRecovery } from './checkout-recovery.job.ts';
import { CheckoutSaga } from './checkout-saga.service.ts';
import { tracedSaga } from './checkout-tracing.service.ts';
import { CheckoutUndoing } from './checkout-compensation.service.ts';
import { CheckoutResolver } from './checkout.resolver.ts';
import { CheckoutService } from './checkout.service.ts';

/** What a checkout stands on in the other rooms. */
export interface CheckoutNeighbors {
  readonly pricing: CartPricing;
  readonly carts: CartCheckout;
  readonly orders: OrderService;
  readonly compensating: OrderCompensating;
}

/** The GraphQL classes of the checkout. */
export const checkoutClasses = { resolvers: [CheckoutResolver] as const };

/** The checkout, alive. */
export function createCheckouts(
  parts: SubgraphParts<OrdersDatabase, unknown>,
  { pricing, carts, orders, compensating }: CheckoutNeighbors,
  onStep: OnCheckoutStep = () => undefined,
) {
  const { unitOfWork, clock, logger, tracer } = parts;
  const journal = new CheckoutJournal({ ...parts, onStep });
  const undoing = new CheckoutUndoing(journal, logger);
  const finishing = new CheckoutFinishing(journal, unitOfWork, compensating, clock, logger);
  const saga = new CheckoutSaga({ journal, undoing, finishing, pricing, carts, clock, logger });
  const checkouts = new CheckoutService({ unitOfWork, saga: tracer ? tracedSaga(saga, tracer) : saga, carts, orders });
  return {
    resolvers: [new CheckoutResolver(checkouts)],
    jobs: [new CheckoutRecovery({ unitOfWork, journal, undoing, finishing, logger })],
    services: { completeCheckout: checkouts.complete.bind(checkouts) },
  };
}
