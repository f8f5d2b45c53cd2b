import type { BuyingCompany } from '@souk/kit/context';

/** The customer to whom the account of a user belongs. */
export interface AccountHolder {
  readonly customerId: string;
  /** The ids of the customer's groups, sorted. */
  readonly groupIds: readonly string[];
  /** The company for which the customer buys. Null when the customer does not buy for a company. */
  readonly company: BuyingCompany | null;
}
