import type { OrdersSettings } from '@souk/orders';
import type { Secrets } from '@souk/deployment/subgraphs';

/** Where a checkout is. */
export type Step = Parameters<NonNullable<OrdersSettings['onCheckoutStep']>>[0];

/** `RECORDED RESERVED`, `COMMAND payments.authorize`. */
export const nameOf = ({ at, name }: Pick<Step, 'at' | 'name'>): string => `${at} ${name}`;

/** What a process that will be killed does until then. */
export interface CheckoutTask {
  /** By role. */
  readonly databaseUrls: Readonly<Record<string, string>>;
  readonly adminUrl: string;
  readonly secrets: Secrets;
  readonly tenantId: string;
  readonly cartId: string;
  /** What the buyer sends; null: it was sent before, and the process has to recover it. */
  readonly checkout: { readonly token: string; readonly idempotencyKey: string } | null;
  /** The name of the step of this cart's checkout at which the process is killed. */
  readonly dieAt: string;
}
