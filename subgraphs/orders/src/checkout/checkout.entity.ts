import { defineEntity, p } from '@mikro-orm/postgresql';
import type { StockAllocation } from '@souk/inventory/contract';
import { baseColumns } from '@souk/kit/persistence';
import type { PaymentFacts } from '@souk/payments/contract';
import type { OrderAgreement } from '../order/order-agreement.ts';
import type { CheckoutRefusal, CheckoutWait } from './checkout.ts';
import type { CheckoutCompensation, CheckoutState } from './checkout.machine.ts';

type WaitingState = 'AWAITING_PAYMENT' | 'CONFIRMING';
/** The values of the column `state`. See `migrations/0005_waiting_checkouts.sql`. */
export type StoredCheckoutState = Exclude<CheckoutState, WaitingState>;
/**
 * The waiting payment of a checkout whose stored state is RESERVED. `phase` is the real state. `settled` means that the provider has an
 * outcome. `settled` can be true before the wait itself is recorded.
 */
export type StoredCheckoutWait =
  | (CheckoutWait & { readonly phase: WaitingState; readonly settled?: true })
  | { readonly phase?: undefined; readonly settled: true };

/** A checkout. See `migrations/0002_orders.sql`. */
export const CheckoutEntity = defineEntity({
  name: 'Checkout',
  tableName: 'checkout',
  properties: {
    ...baseColumns,
    orderId: p.uuid(),
    cartId: p.uuid(),
    idempotencyKey: p.text().nullable(),
    fingerprint: p.text(),
    state: p.text().$type<StoredCheckoutState>(),
    agreement: p.json<OrderAgreement>().nullable(),
    reservationId: p.uuid(),
    allocations: p.json<readonly StockAllocation[]>().nullable(),
    payment: p.json<PaymentFacts>().nullable(),
    compensations: p.json<readonly CheckoutCompensation[]>().nullable(),
    refusal: p.json<CheckoutRefusal>().nullable(),
    wait: p.json<StoredCheckoutWait>().nullable(),
    lease: p.uuid(),
    leaseUntil: p.datetime(),
  },
});
