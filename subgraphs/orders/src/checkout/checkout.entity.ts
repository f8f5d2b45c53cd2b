import { defineEntity, p } from '@mikro-orm/postgresql';
import type { StockAllocation } from '@souk/inventory/contract';
import { baseColumns } from '@souk/kit/persistence';
import type { PaymentFacts } from '@souk/payments/contract';
import type { OrderAgreement } from '../order/order-agreement.ts';
import type { CheckoutRefusal } from './checkout.ts';
import type { CheckoutCompensation, CheckoutState } from './checkout.machine.ts';

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
    state: p.text().$type<CheckoutState>(),
    agreement: p.json<OrderAgreement>().nullable(),
    reservationId: p.uuid(),
    allocations: p.json<readonly StockAllocation[]>().nullable(),
    payment: p.json<PaymentFacts>().nullable(),
    compensations: p.json<readonly CheckoutCompensation[]>().nullable(),
    refusal: p.json<CheckoutRefusal>().nullable(),
    lease: p.uuid(),
    leaseUntil: p.datetime(),
  },
});
