import { defineEvent } from '@souk/kit/contracts';
import { z } from 'zod';

/** The buyer of an order is known as this customer, new or not. Aggregate: the customer. */
export const CustomerRecognized = defineEvent({
  subject: 'accounts.customer.recognized',
  version: 1,
  payload: z.object({ customerId: z.uuid(), orderId: z.uuid(), email: z.email() }),
});
