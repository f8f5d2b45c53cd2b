import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';
import type { MetafieldType, MetafieldVisibility } from './metafield.ts';

export const ProductMetafieldEntity = defineEntity({
  name: 'ProductMetafield',
  tableName: 'product_metafield',
  properties: {
    ...tenantColumn,
    productId: p.uuid().primary(),
    /** The API key that owns an APP metafield. The nil UUID when the shop owns the metafield. */
    ownerId: p.uuid().primary(),
    namespace: p.text().primary(),
    key: p.text().primary(),
    visibility: p.text().$type<MetafieldVisibility>(),
    type: p.text().$type<MetafieldType>(),
    value: p.text(),
  },
});
