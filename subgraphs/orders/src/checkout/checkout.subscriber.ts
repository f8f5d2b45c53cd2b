import { subscriber, type Subscriber } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import { paymentSettledReader } from '../manifest.ts';
import { endWait } from './checkout.repository.ts';

/** Continues a checkout whose payment has its outcome, also when the buyer does not return. The checkout's id is the payment's id. */
export const checkoutSubscriber: Subscriber<OrdersDatabase> = subscriber(paymentSettledReader, (tx, { paymentId }) =>
  endWait(tx, paymentId),
);
