import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns } from '@souk/kit/persistence';
import type { DraftOrderStatus } from './draft-order.ts';

/** A draft order. See `migrations/0014_order_search_and_drafts.sql`. */
export const DraftOrderEntity = defineEntity({
  name: 'DraftOrder',
  tableName: 'draft_order',
  properties: {
    ...baseColumns,
    cartId: p.uuid(),
    status: p.text().$type<DraftOrderStatus>(),
    expiresAt: p.datetime(),
    orderId: p.uuid().nullable(),
  },
});
