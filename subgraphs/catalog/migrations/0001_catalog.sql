-- What a tenant's catalog takes for granted. No row: EUR and en.
create table catalog_settings (
  tenant_id        uuid not null default current_tenant(),
  default_currency text not null check (default_currency ~ '^[A-Z]{3}$'),
  default_locale   text not null check (char_length(default_locale) between 2 and 35),
  primary key (tenant_id)
);

create table attribute (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null default gen_random_uuid(),
  code      text not null check (code ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' and char_length(code) <= 100),
  name      text not null check (char_length(name) between 1 and 255),
  primary key (tenant_id, id)
);
select stamped('attribute');
create unique index attribute_code_unique on attribute (tenant_id, code) where deleted_at is null;

create table category (
  tenant_id          uuid not null default current_tenant(),
  id                 uuid not null default gen_random_uuid(),
  -- Null: a root of the tree.
  parent_id          uuid,
  slug               text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 255),
  name               text not null check (char_length(name) between 1 and 255),
  description        text not null default '',
  -- Among its siblings.
  position           integer not null default 0,
  external_reference text check (char_length(external_reference) between 1 and 255),
  primary key (tenant_id, id),
  constraint category_parent_fk foreign key (tenant_id, parent_id) references category (tenant_id, id),
  constraint category_not_its_own_parent check (parent_id <> id)
);
select stamped('category');
create unique index category_slug_unique on category (tenant_id, slug) where deleted_at is null;
create unique index category_external_reference_unique on category (tenant_id, external_reference)
  where deleted_at is null and external_reference is not null;
create index category_children on category (tenant_id, parent_id, position, id) where deleted_at is null;
create index category_roots on category (tenant_id, position, id) where deleted_at is null and parent_id is null;

-- The tree, closed: every category with itself (distance 0) and all above it. Comparing text paths would be a LIKE, which is
-- not leakproof, so row-level security would keep it from an index.
create table category_ancestor (
  tenant_id   uuid not null default current_tenant(),
  category_id uuid not null,
  ancestor_id uuid not null,
  distance    integer not null check (distance between 0 and 20),
  primary key (tenant_id, category_id, ancestor_id),
  constraint category_ancestor_category_fk foreign key (tenant_id, category_id) references category (tenant_id, id),
  constraint category_ancestor_ancestor_fk foreign key (tenant_id, ancestor_id) references category (tenant_id, id)
);
create index category_ancestor_descendants on category_ancestor (tenant_id, ancestor_id, category_id);

create table category_translation (
  tenant_id   uuid not null default current_tenant(),
  category_id uuid not null,
  locale      text not null check (char_length(locale) between 2 and 35),
  name        text check (char_length(name) between 1 and 255),
  description text,
  primary key (tenant_id, category_id, locale),
  constraint category_translation_category_fk foreign key (tenant_id, category_id) references category (tenant_id, id)
);

create table collection (
  tenant_id          uuid not null default current_tenant(),
  id                 uuid not null default gen_random_uuid(),
  slug               text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 255),
  name               text not null check (char_length(name) between 1 and 255),
  description        text not null default '',
  external_reference text check (char_length(external_reference) between 1 and 255),
  primary key (tenant_id, id)
);
select stamped('collection');
create unique index collection_slug_unique on collection (tenant_id, slug) where deleted_at is null;
create unique index collection_external_reference_unique on collection (tenant_id, external_reference)
  where deleted_at is null and external_reference is not null;

create table collection_translation (
  tenant_id     uuid not null default current_tenant(),
  collection_id uuid not null,
  locale        text not null check (char_length(locale) between 2 and 35),
  name          text check (char_length(name) between 1 and 255),
  description   text,
  primary key (tenant_id, collection_id, locale),
  constraint collection_translation_collection_fk foreign key (tenant_id, collection_id) references collection (tenant_id, id)
);

create table product (
  tenant_id          uuid not null default current_tenant(),
  id                 uuid not null default gen_random_uuid(),
  slug               text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 255),
  base_sku           text not null check (char_length(base_sku) between 1 and 100),
  name               text not null check (char_length(name) between 1 and 255),
  description        text not null default '',
  external_reference text check (char_length(external_reference) between 1 and 255),
  status             text not null check (status in ('DRAFT', 'PUBLISHED')),
  published_at       timestamptz,
  -- [{name, values}], in the order they are shown.
  options            jsonb not null default '[]' check (jsonb_typeof(options) = 'array'),
  -- What lists are sorted and filtered by. listed_at: when it was first published, until then when it was created.
  listed_at          timestamptz not null default now(),
  sort_name          text not null generated always as (lower(name)) stored,
  -- Lowest price in the default currency; without one it is more expensive than everything.
  sort_price_minor   bigint not null default 9007199254740991,
  in_stock           boolean not null default false,
  primary key (tenant_id, id)
);
select stamped('product');
-- Only what people change counts as a change: a sale that empties the shelf must not make an editor's version stale.
drop trigger stamp_row on product;
create trigger stamp_row
  before update of slug, base_sku, name, description, external_reference, status, published_at, options, version, deleted_at on product
  for each row execute function stamp_row();

create unique index product_slug_unique on product (tenant_id, slug) where deleted_at is null;
create unique index product_external_reference_unique on product (tenant_id, external_reference)
  where deleted_at is null and external_reference is not null;
-- Shoppers' lists, one index per sort.
create index product_newest on product (tenant_id, listed_at, id) where deleted_at is null and status = 'PUBLISHED';
create index product_by_name on product (tenant_id, sort_name, id) where deleted_at is null and status = 'PUBLISHED';
create index product_by_price on product (tenant_id, sort_price_minor, id) where deleted_at is null and status = 'PUBLISHED';
-- The lists of staff, drafts included.
create index product_newest_of_all on product (tenant_id, listed_at, id) where deleted_at is null;
create index product_by_name_of_all on product (tenant_id, sort_name, id) where deleted_at is null;
create index product_by_price_of_all on product (tenant_id, sort_price_minor, id) where deleted_at is null;

create table product_translation (
  tenant_id   uuid not null default current_tenant(),
  product_id  uuid not null,
  locale      text not null check (char_length(locale) between 2 and 35),
  name        text check (char_length(name) between 1 and 255),
  description text,
  primary key (tenant_id, product_id, locale),
  constraint product_translation_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id)
);

create table product_media (
  tenant_id  uuid not null default current_tenant(),
  product_id uuid not null,
  position   integer not null check (position >= 0),
  url        text not null check (char_length(url) between 1 and 2048),
  alt        text not null default '',
  width      integer check (width > 0),
  height     integer check (height > 0),
  kind       text not null check (kind in ('IMAGE', 'VIDEO')),
  primary key (tenant_id, product_id, position),
  constraint product_media_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id)
);

create table product_attribute_value (
  tenant_id    uuid not null default current_tenant(),
  product_id   uuid not null,
  attribute_id uuid not null,
  value        text not null check (char_length(value) between 1 and 255),
  position     integer not null check (position >= 0),
  primary key (tenant_id, product_id, attribute_id, value),
  constraint product_attribute_value_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id),
  constraint product_attribute_value_attribute_fk foreign key (tenant_id, attribute_id) references attribute (tenant_id, id)
);
create index product_attribute_value_products on product_attribute_value (tenant_id, attribute_id, value, product_id);

create table product_category (
  tenant_id   uuid not null default current_tenant(),
  product_id  uuid not null,
  category_id uuid not null,
  position    integer not null default 0,
  primary key (tenant_id, product_id, category_id),
  constraint product_category_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id),
  constraint product_category_category_fk foreign key (tenant_id, category_id) references category (tenant_id, id)
);
create index product_category_products on product_category (tenant_id, category_id, product_id);

create table product_collection (
  tenant_id     uuid not null default current_tenant(),
  product_id    uuid not null,
  collection_id uuid not null,
  primary key (tenant_id, product_id, collection_id),
  constraint product_collection_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id),
  constraint product_collection_collection_fk foreign key (tenant_id, collection_id) references collection (tenant_id, id)
);
create index product_collection_products on product_collection (tenant_id, collection_id, product_id);

-- Derived: in which lists a product shows up: its categories, all categories above them, its collections. The time is copied so that
-- one index gives a page of any category, however large or small.
create table product_listing (
  tenant_id  uuid not null default current_tenant(),
  product_id uuid not null,
  -- A category or a collection.
  list_id    uuid not null,
  listed_at  timestamptz not null,
  primary key (tenant_id, product_id, list_id),
  constraint product_listing_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id)
);
create index product_listing_newest on product_listing (tenant_id, list_id, listed_at, product_id);

create table product_variant (
  tenant_id          uuid not null default current_tenant(),
  id                 uuid not null default gen_random_uuid(),
  product_id         uuid not null,
  sku                text not null check (char_length(sku) between 1 and 100),
  name               text not null check (char_length(name) between 1 and 255),
  position           integer not null check (position >= 0),
  -- [{name, value}], in the order of the product's options.
  options            jsonb not null default '[]' check (jsonb_typeof(options) = 'array'),
  -- The same as text: a product has each combination once.
  option_key         text not null,
  weight_grams       integer check (weight_grams >= 0),
  external_reference text check (char_length(external_reference) between 1 and 255),
  primary key (tenant_id, id),
  constraint product_variant_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id)
);
select stamped('product_variant');
create unique index product_variant_sku_unique on product_variant (tenant_id, sku) where deleted_at is null;
create unique index product_variant_external_reference_unique on product_variant (tenant_id, external_reference)
  where deleted_at is null and external_reference is not null;
create unique index product_variant_options_unique on product_variant (tenant_id, product_id, option_key) where deleted_at is null;
create index product_variant_of_product on product_variant (tenant_id, product_id, position, id) where deleted_at is null;

create table variant_attribute_value (
  tenant_id    uuid not null default current_tenant(),
  variant_id   uuid not null,
  attribute_id uuid not null,
  value        text not null check (char_length(value) between 1 and 255),
  position     integer not null check (position >= 0),
  primary key (tenant_id, variant_id, attribute_id, value),
  constraint variant_attribute_value_variant_fk foreign key (tenant_id, variant_id) references product_variant (tenant_id, id),
  constraint variant_attribute_value_attribute_fk foreign key (tenant_id, attribute_id) references attribute (tenant_id, id)
);

create table variant_price (
  tenant_id    uuid not null default current_tenant(),
  variant_id   uuid not null,
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  unit_price   numeric(20,6) not null check (unit_price >= 0),
  -- The price of one unit in minor units, rounded half up.
  amount_minor bigint not null check (amount_minor >= 0),
  primary key (tenant_id, variant_id, currency),
  constraint variant_price_variant_fk foreign key (tenant_id, variant_id) references product_variant (tenant_id, id)
);

-- Derived from variant_price. Minor units, because the comparisons of numeric are not leakproof and so reach no index.
create table product_price_range (
  tenant_id  uuid not null default current_tenant(),
  product_id uuid not null,
  currency   text not null,
  min_minor  bigint not null,
  max_minor  bigint not null,
  primary key (tenant_id, product_id, currency),
  constraint product_price_range_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id)
);
create index product_price_range_by_price on product_price_range (tenant_id, currency, min_minor, product_id);

-- What inventory last said of a SKU; it may say it before the variant is here.
create table variant_stock (
  tenant_id uuid not null default current_tenant(),
  sku       text not null,
  available bigint not null check (available >= 0),
  primary key (tenant_id, sku)
);

do $$ declare tbl text; begin
  foreach tbl in array array[
    'catalog_settings', 'attribute', 'category', 'category_ancestor', 'category_translation', 'collection', 'collection_translation',
    'product', 'product_translation', 'product_media', 'product_attribute_value', 'product_category', 'product_collection',
    'product_listing', 'product_variant', 'variant_attribute_value', 'variant_price', 'product_price_range', 'variant_stock'
  ] loop
    perform protect_tenant_table(tbl);
  end loop;
end $$;

-- In the middle of an import Postgres knows nothing yet of what came in, and takes every partial index for nearly empty: one
-- look-up then reads a whole tenant. Only an owner may analyze, so the application calls this.
create function analyze_catalog() returns void
  language plpgsql security definer set search_path = catalog, pg_temp as $$
begin
  analyze product, product_variant, variant_price, product_price_range, product_listing, product_category, product_collection,
    product_attribute_value, product_media, product_translation, variant_stock, category, category_ancestor;
end $$;
revoke execute on function analyze_catalog() from public;
grant execute on function analyze_catalog() to catalog_app;
