/** The query for the shop's disputes, as the dashboard sends it. */
export const DISPUTES = `{
  paymentDisputes(first: 50) {
    nodes { status reason amount { amount } withdrawnAmount { amount } closedAt payment { id disputedAmount { amount } } }
  }
}`;

export interface ListedDisputes {
  readonly paymentDisputes: {
    readonly nodes: readonly {
      readonly status: string;
      readonly reason: string;
      readonly amount: { readonly amount: string };
      readonly withdrawnAmount: { readonly amount: string };
      readonly closedAt: string | null;
      readonly payment: { readonly id: string; readonly disputedAmount: { readonly amount: string } };
    }[];
  };
}
