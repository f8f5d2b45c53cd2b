import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';

/** A note of staff about an order. See `migrations/0014_order_search_and_drafts.sql`. */
export const OrderNoteEntity = defineEntity({
  name: 'OrderNote',
  tableName: 'order_note',
  properties: { ...baseColumns, orderId: p.uuid(), text: p.text() },
});

/** A label that staff put on an order, unique within the order. */
export const OrderTagEntity = defineEntity({
  name: 'OrderTag',
  tableName: 'order_tag',
  properties: { ...tenantColumn, orderId: p.uuid().primary(), tag: p.text().primary() },
});
