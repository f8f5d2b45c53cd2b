import type { CustomerRecord } from './customer.repository.ts';
import type { CustomerType } from './customer.types.ts';

export function presentCustomer({ id, email, name, created_at: createdAt }: CustomerRecord): CustomerType {
  return { id, email, name, createdAt };
}
