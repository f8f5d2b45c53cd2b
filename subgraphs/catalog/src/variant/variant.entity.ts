import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';
import { attributeValueColumns } from '../attribute/attribute.entity.ts';
import type { Content } from '../pricing/content.ts';
import type { OptionValue } from './option.ts';
import type { VariantSize } from './variant-draft.ts';

export const ProductVariantEntity = defineEntity({
  name: 'ProductVariant',
  tableName: 'product_variant',
  properties: {
    ...baseColumns,
    productId: p.uuid(),
    sku: p.text(),
    name: p.text(),
    position: p.integer(),
    options: p.json<readonly OptionValue[]>(),
    /** The option values as one text, which is unique within a product. Computed by the function `optionKey`. */
    optionKey: p.text(),
    weightGrams: p.integer().nullable(),
    content: p.json<Content>().nullable(),
    barcode: p.text().nullable(),
    size: p.json<VariantSize>().nullable(),
    externalReference: p.text().nullable(),
  },
  filters: notDeleted,
});
export type ProductVariantEntity = InferEntity<typeof ProductVariantEntity>;

/** The SKUs of all variants in the form in which they are compared. Triggers maintain this table. */
export const VariantSkuEntity = defineEntity({
  name: 'VariantSku',
  tableName: 'variant_sku',
  properties: { ...tenantColumn, compared: p.text().primary(), variantId: p.uuid() },
});

export const VariantAttributeValueEntity = defineEntity({
  name: 'VariantAttributeValue',
  tableName: 'variant_attribute_value',
  properties: { variantId: p.uuid().primary(), ...attributeValueColumns },
});

export const VariantPriceEntity = defineEntity({
  name: 'VariantPrice',
  tableName: 'variant_price',
  properties: {
    ...tenantColumn,
    variantId: p.uuid().primary(),
    currency: p.text().primary(),
    /** The price of each unit, with six decimal places. */
    unitPrice: p.decimal('string').precision(20).scale(6),
    /** The price in minor units, rounded half up. */
    amountMinor: p.bigint('number'),
  },
});
