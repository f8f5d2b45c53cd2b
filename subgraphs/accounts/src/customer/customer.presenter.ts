import type { CustomerRecord } from './customer.repository.ts';
import type { CustomerType } from './customer.types.ts';

/** The GraphQL fields of a customer. */
export function presentCustomer({ id, email, name, created_at }: CustomerRecord): CustomerType {
  return { id, email, name: name || null, createdAt: created_at };
}
