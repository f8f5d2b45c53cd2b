import type { OrdersSettings } from '@souk/orders';
import type { Secrets } from '@souk/deployment/subgraphs';

/** A step of a checkout, as the subgraph orders reports it to `onCheckoutStep`. */
export type Step = Parameters<NonNullable<OrdersSettings['onCheckoutStep']>>[0];

/** Returns the name of a step: `RECORDED RESERVED`, `COMMAND payments.authorize`. */
export const nameOf = ({ at, name }: Pick<Step, 'at' | 'name'>): string => `${at} ${name}`;

/** The work of a process until it is killed. */
export interface CheckoutTask {
  /** Connection strings by database role. */
  readonly databaseUrls: Readonly<Record<string, string>>;
  readonly adminUrl: string;
  readonly secrets: Secrets;
  readonly tenantId: string;
  readonly cartId: string;
  /** The buyer's request. Null when another process received the request and this process must recover the checkout. */
  readonly checkout: { readonly token: string; readonly idempotencyKey: string } | null;
  /** The name of the step at which the process kills itself, in the checkout of this cart. */
  readonly dieAt: string;
}
