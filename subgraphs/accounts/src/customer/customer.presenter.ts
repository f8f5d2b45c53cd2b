import { hasScope, type RequestContext } from '@souk/kit/context';
import { CustomersRead } from '../contract.ts';
import type { CustomerRecord } from './customer.repository.ts';
import type { CustomerType } from './customer.types.ts';

/**
 * A customer as a caller may see it. A buyer reaches the customer by the e-mail address of an order, which was never verified. So name and
 * creation time are for staff only, because an order must not reveal who else uses the address, nor since when.
 */
export function presentCustomer(ctx: RequestContext, { id, email, name, created_at }: CustomerRecord): CustomerType {
  const forStaff = hasScope(ctx, CustomersRead);
  return { id, email, name: forStaff ? name : null, createdAt: forStaff ? created_at : null };
}
