import { eventOf } from '@souk/kit/contracts';
import { subscriber, type Subscriber } from '@souk/kit/runtime';
import { CustomerRecognized } from '../contract.ts';
import type { AccountsDatabase } from '../database.ts';
import { customerOfOrderReader } from '../manifest.ts';
import { nameCustomer, recognizeCustomer } from './customer.repository.ts';

/** Records the buyer of every order as a customer, and publishes `CustomerRecognized`. */
export function customerOfOrder(): Subscriber<AccountsDatabase> {
  return subscriber(customerOfOrderReader, async (tx, order) => {
    const { orderId, email, name } = order;
    // A buyer who was logged in stays the same customer, even when the order has another e-mail address.
    if (order.customerId !== undefined) await nameCustomer(tx, order.customerId, name);
    const customerId = order.customerId ?? (await recognizeCustomer(tx, { email, name }));
    tx.outbox.append(eventOf(CustomerRecognized, customerId, { customerId, orderId, email }));
  });
}
