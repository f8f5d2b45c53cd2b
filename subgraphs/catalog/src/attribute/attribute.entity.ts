import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';

export const AttributeEntity = defineEntity({
  name: 'Attribute',
  tableName: 'attribute',
  properties: { ...baseColumns, code: p.text(), name: p.text() },
  filters: notDeleted,
});
export type AttributeEntity = InferEntity<typeof AttributeEntity>;

/** The columns that the tables of attribute values share. Each table also has a column with the id of its product or variant. */
export const attributeValueColumns = {
  ...tenantColumn,
  attributeId: p.uuid().primary(),
  value: p.text().primary(),
  position: p.integer(),
};
