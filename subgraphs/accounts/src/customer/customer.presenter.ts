import { hasScope, type RequestContext } from '@souk/kit/context';
import { CustomersRead } from '../contract.ts';
import type { CustomerRecord } from './customer.repository.ts';
import type { CustomerType } from './customer.types.ts';

/**
 * A customer as the graph shows it. Who ordered reaches the customer of the email that they gave, and nobody checked that the
 * email is theirs: a stranger must not learn by an order who uses it, nor since when.
 */
export function presentCustomer(ctx: RequestContext, { id, email, name, created_at }: CustomerRecord): CustomerType {
  const forStaff = hasScope(ctx, CustomersRead);
  return { id, email, name: forStaff ? name : null, createdAt: forStaff ? created_at : null };
}
