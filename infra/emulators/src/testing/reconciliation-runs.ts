import type { RequestContext } from '@souk/kit/context';

const FACTS = `id provider status chargeCount refundCount differenceCount repairedCount problem
  differences { kind paymentId reference isRepaired ledgerAmount { amount } providerAmount { amount } }`;
const START = `mutation ($input: ReconciliationStartInput!) {
  reconciliationStart(input: $input) { reconciliation { id } userErrors { code field } }
}`;
const SHOW = `query ($id: ID!) { reconciliation(id: $id) { ${FACTS} } }`;

/** A comparison as staff see it. */
export interface ShownReconciliation {
  readonly status: string;
  readonly chargeCount: number;
  readonly refundCount: number;
  readonly differenceCount: number;
  readonly repairedCount: number;
  readonly problem: string | null;
  readonly differences: readonly {
    readonly kind: string;
    readonly paymentId: string | null;
    readonly reference: string;
    readonly isRepaired: boolean;
    readonly ledgerAmount: { readonly amount: string } | null;
    readonly providerAmount: { readonly amount: string } | null;
  }[];
}

interface Shop {
  readonly provider: string;
  readonly staff: RequestContext;
  readonly now: () => Date;
  query<Data>(ctx: RequestContext, text: string, variables: object): Promise<Data>;
  /** Runs the jobs of payments once. */
  runJobs(): Promise<void>;
}

const DAY_MS = 24 * 3600 * 1000;

/** Compares the last day, as staff do. @returns the comparison after the job has run */
export async function reconcile(shop: Shop): Promise<ShownReconciliation> {
  const to = shop.now();
  const input = { provider: shop.provider, from: new Date(to.getTime() - DAY_MS), to };
  const { reconciliationStart } = await shop.query<{ reconciliationStart: { reconciliation: { id: string } } }>(
    shop.staff,
    START,
    { input },
  );
  await shop.runJobs();
  const { id } = reconciliationStart.reconciliation;
  return (await shop.query<{ reconciliation: ShownReconciliation }>(shop.staff, SHOW, { id })).reconciliation;
}
