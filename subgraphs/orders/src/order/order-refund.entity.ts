import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import type { TaxedAmount } from '../tax/tax.ts';
import type { UnitRange } from './order-refund.ts';

/** A refund of an order, or a release of money before a capture, by tax category. See `migrations/0016_refund_taxes.sql`. */
export const OrderRefundEntity = defineEntity({
  name: 'OrderRefund',
  tableName: 'order_refund',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    orderId: p.uuid(),
    position: p.integer(),
    kind: p.text().$type<'REFUND' | 'RELEASE'>(),
    at: p.datetime(),
    amountMinor: p.bigint('number'),
    parts: p.json<readonly TaxedAmount[]>(),
    units: p.json<readonly UnitRange[]>(),
  },
});
