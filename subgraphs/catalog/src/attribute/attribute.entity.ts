import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

export const AttributeEntity = defineEntity({
  name: 'Attribute',
  tableName: 'attribute',
  properties: { ...baseColumns, code: p.text(), name: p.text() },
  filters: notDeleted,
});
export type AttributeEntity = InferEntity<typeof AttributeEntity>;

/** The columns of a table with attribute values of products or variants. The table also has a column with the owner's id. */
export const attributeValueColumns = {
  ...tenantColumn,
  attributeId: p.uuid().primary(),
  value: p.text().primary(),
  position: p.integer(),
};
