import type { CustomerRecord } from './customer.repository.ts';
import type { CustomerType } from './customer.types.ts';

/** A customer as staff see it. */
export function presentCustomer({ id, email, name, created_at }: CustomerRecord): CustomerType {
  return { id, email, name: name || null, createdAt: created_at };
}
