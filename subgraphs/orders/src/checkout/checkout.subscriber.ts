import { subscriber, type Subscriber } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import { paymentSettledReader } from '../manifest.ts';
import { endWait } from './checkout.repository.ts';

/** Makes a waiting checkout due when its payment is settled, even if the buyer never returns. The checkout's id is the payment's id. */
export const checkoutSubscriber: Subscriber<OrdersDatabase> = subscriber(paymentSettledReader, (tx, { paymentId }) =>
  endWait(tx, paymentId),
);
