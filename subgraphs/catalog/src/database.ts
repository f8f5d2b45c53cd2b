import type { ColumnType, Generated } from 'kysely';

/** Filled by the database: the tenant of the transaction. Queries compare it, inserts leave it out. */
type TenantColumn = Generated<string>;

/** The columns of `stamped` tables: see `baseColumns` in kit. */
interface StampedColumns {
  tenant_id: TenantColumn;
  id: Generated<string>;
  created_at: Generated<Date>;
  created_by: Generated<string | null>;
  updated_at: Generated<Date>;
  updated_by: Generated<string | null>;
  version: Generated<number>;
  deleted_at: ColumnType<Date | null, never, Date | null>;
}

/** An option of a product as it is stored: its name and the values in the order they are shown. */
interface StoredOption {
  readonly name: string;
  readonly values: readonly string[];
}

/** The value that a variant has of an option, as it is stored. */
export interface StoredOptionValue {
  readonly name: string;
  readonly value: string;
}

interface ProductTable extends StampedColumns {
  slug: string;
  base_sku: string;
  name: string;
  description: string;
  external_reference: string | null;
  status: 'DRAFT' | 'PUBLISHED';
  published_at: Date | null;
  options: ColumnType<StoredOption[], readonly StoredOption[], never>;
  listed_at: Date;
  sort_name: ColumnType<string, never, never>;
  sort_price_minor: Generated<number>;
  in_stock: Generated<boolean>;
}

interface VariantTable extends StampedColumns {
  product_id: string;
  sku: string;
  name: string;
  position: number;
  options: ColumnType<StoredOptionValue[], readonly StoredOptionValue[], never>;
  option_key: string;
  weight_grams: number | null;
  external_reference: string | null;
}

interface CategoryTable extends StampedColumns {
  parent_id: string | null;
  slug: string;
  name: string;
  description: string;
  position: number;
  external_reference: string | null;
}

interface CollectionTable extends StampedColumns {
  slug: string;
  name: string;
  description: string;
  external_reference: string | null;
}

interface AttributeTable extends StampedColumns {
  code: string;
  name: string;
}

interface Translation {
  tenant_id: TenantColumn;
  locale: string;
  name: string | null;
  description: string | null;
}

interface AttributeValue {
  tenant_id: TenantColumn;
  attribute_id: string;
  value: string;
  position: number;
}

/** The tables of the schema `catalog` as Kysely sees them. What they mean is said in the migrations. */
export interface CatalogDatabase {
  catalog_settings: { tenant_id: TenantColumn; default_currency: string; default_locale: string };
  attribute: AttributeTable;
  category: CategoryTable;
  category_ancestor: { tenant_id: TenantColumn; category_id: string; ancestor_id: string; distance: number };
  category_translation: Translation & { category_id: string };
  collection: CollectionTable;
  collection_translation: Translation & { collection_id: string };
  product: ProductTable;
  product_translation: Translation & { product_id: string };
  product_media: {
    tenant_id: TenantColumn;
    product_id: string;
    position: number;
    url: string;
    alt: string;
    width: number | null;
    height: number | null;
    kind: 'IMAGE' | 'VIDEO';
  };
  product_attribute_value: AttributeValue & { product_id: string };
  product_category: { tenant_id: TenantColumn; product_id: string; category_id: string; position: number };
  product_collection: { tenant_id: TenantColumn; product_id: string; collection_id: string };
  product_listing: { tenant_id: TenantColumn; product_id: string; list_id: string; listed_at: Date };
  product_variant: VariantTable;
  variant_sku: { tenant_id: TenantColumn; compared: string; variant_id: string };
  variant_attribute_value: AttributeValue & { variant_id: string };
  variant_price: {
    tenant_id: TenantColumn;
    variant_id: string;
    currency: string;
    unit_price: string;
    amount_minor: number;
  };
  product_price_range: {
    tenant_id: TenantColumn;
    product_id: string;
    currency: string;
    min_minor: number;
    max_minor: number;
  };
  variant_stock: { tenant_id: TenantColumn; sku: string; available: number };
}
