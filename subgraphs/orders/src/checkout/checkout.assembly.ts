import type { SubgraphDependencies } from '@souk/kit/runtime';
import { PaymentAttempts } from '../attempt-limit/payment-attempts.service.ts';
import type { CartCheckout } from '../cart/cart-checkout.service.ts';
import type { CartPricing } from '../cart/cart-pricing.service.ts';
import type { OrdersDatabase } from '../database.ts';
import type { OrderCompensationJob } from '../order/order-compensation.job.ts';
import type { OrderService } from '../order/order.service.ts';
import { CheckoutConfirmationService } from './checkout-confirmation.service.ts';
import { CheckoutJournal, type OnCheckoutStep } from './checkout-journal.service.ts';
import { CheckoutRecoveryJob } from './checkout-recovery.job.ts';
import { CheckoutSaga } from './checkout-saga.service.ts';
import { tracedSaga } from './checkout-tracing.service.ts';
import { CheckoutCompensationService } from './checkout-compensation.service.ts';
import { CheckoutResolver } from './checkout.resolver.ts';
import { CheckoutService } from './checkout.service.ts';

/** The services of carts and orders that a checkout calls. */
export interface CheckoutDependencies {
  readonly pricing: CartPricing;
  readonly carts: CartCheckout;
  readonly orders: OrderService;
  readonly orderCompensation: OrderCompensationJob;
}

/** The GraphQL classes of the checkout. */
export const checkoutClasses = { resolvers: [CheckoutResolver] as const };

/** Creates the services and the recovery job of the checkout. */
export function createCheckouts(
  dependencies: SubgraphDependencies<OrdersDatabase, unknown>,
  { pricing, carts, orders, orderCompensation }: CheckoutDependencies,
  onStep: OnCheckoutStep = () => undefined,
) {
  const { unitOfWork, clock, logger, tracer } = dependencies;
  const journal = new CheckoutJournal({ ...dependencies, onStep });
  const compensation = new CheckoutCompensationService(journal, logger);
  const confirmation = new CheckoutConfirmationService(journal, unitOfWork, orderCompensation, clock, logger);
  const attempts = new PaymentAttempts(unitOfWork);
  const saga = new CheckoutSaga({ journal, compensation, confirmation, pricing, carts, attempts, clock, logger });
  const checkouts = new CheckoutService({ unitOfWork, saga: tracer ? tracedSaga(saga, tracer) : saga, carts, orders });
  return {
    resolvers: [new CheckoutResolver(checkouts)],
    jobs: [new CheckoutRecoveryJob({ unitOfWork, journal, compensation, confirmation, saga, logger })],
    checkouts,
    services: { completeCheckout: checkouts.complete.bind(checkouts) },
  };
}
