/** The customer whose account a user logs in with. */
export interface AccountHolder {
  readonly customerId: string;
  /** The ids of the customer's groups, sorted. */
  readonly groupIds: readonly string[];
}
