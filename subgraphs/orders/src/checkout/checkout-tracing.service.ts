import { isSampled } from '@souk/kit/context';
import { inSpan, underSpan, type Tracer } from '@souk/kit/tracing';
import type { CheckoutSaga } from './checkout-saga.service.ts';

type Saga = Pick<CheckoutSaga, 'run' | 'resume'>;

/** Wraps the saga in one span that contains the spans of its commands. Only traced requests get a span. */
export function tracedSaga(saga: Saga, tracer: Tracer): Saga {
  return {
    resume: (...args) => saga.resume(...args),
    run(ctx, started, cart, paymentMethod) {
      const { trace: parent } = ctx;
      if (!isSampled(parent)) return saga.run(ctx, started, cart, paymentMethod);
      const attributes = { 'souk.checkout.id': started.id, 'souk.order.id': started.orderId };
      return inSpan(tracer, { name: 'saga checkout', kind: 'INTERNAL', parent, attributes }, async (span) => {
        const outcome = await saga.run(underSpan(ctx, span), started, cart, paymentMethod);
        span.describe('saga checkout', { 'souk.checkout.outcome': outcome.kind });
        return outcome;
      });
    },
  };
}
