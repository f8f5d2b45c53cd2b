import { eventOf } from '@souk/kit/contracts';
import { subscriber, type Subscriber } from '@souk/kit/runtime';
import { OrderPlaced } from '@souk/orders/contract';
import { CustomerRecognized } from '../contract.ts';
import type { AccountsDatabase } from '../database.ts';
import { recognizeCustomer } from './customer.repository.ts';

/** Records the buyer of every order as a customer, and publishes `CustomerRecognized`. */
export function customerOfOrder(): Subscriber<AccountsDatabase> {
  return subscriber({
    name: 'accounts.customer-of-order',
    event: OrderPlaced,
    async handle(tx, { orderId, email, name }) {
      const customerId = await recognizeCustomer(tx, { email, name });
      tx.outbox.append(eventOf(CustomerRecognized, customerId, { customerId, orderId, email }));
    },
  });
}
