import { eventOf } from '@souk/kit/contracts';
import { subscriber, type Subscriber } from '@souk/kit/runtime';
import { CustomerRecognized } from '../contract.ts';
import type { AccountsDatabase } from '../database.ts';
import { customerOfOrderReader } from '../manifest.ts';
import { recognizeCustomer } from './customer.repository.ts';

/** Records the buyer of every order as a customer, and publishes `CustomerRecognized`. */
export function customerOfOrder(): Subscriber<AccountsDatabase> {
  return subscriber(customerOfOrderReader, async (tx, { orderId, email, name }) => {
    const customerId = await recognizeCustomer(tx, { email, name });
    tx.outbox.append(eventOf(CustomerRecognized, customerId, { customerId, orderId, email }));
  });
}
