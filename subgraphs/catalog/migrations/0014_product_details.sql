-- The makers of products, by which buyers filter a search.
create table brand (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null default gen_random_uuid(),
  slug      text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 255),
  name      text not null check (char_length(name) between 1 and 255),
  primary key (tenant_id, id)
);
select stamped('brand');
create unique index brand_slug_unique on brand (tenant_id, slug) where deleted_at is null;
-- Imports of vendors find brands by their name.
create index brand_by_name on brand (tenant_id, name) where deleted_at is null;
select protect_tenant_table('brand');

alter table product
  add column brand_id        uuid,
  add column tags            jsonb not null default '[]' check (jsonb_typeof(tags) = 'array' and jsonb_array_length(tags) <= 50),
  -- Null: pages show the name and the description.
  add column seo_title       text check (char_length(seo_title) between 1 and 255),
  add column seo_description text check (char_length(seo_description) between 1 and 1000),
  -- The code of the Harmonized System, with the digits that countries append.
  add column hs_code         text check (hs_code ~ '^[0-9]{6,12}$'),
  -- ISO 3166-1.
  add column origin_country  text check (origin_country ~ '^[A-Z]{2}$'),
  add constraint product_brand_fk foreign key (tenant_id, brand_id) references brand (tenant_id, id);
create index product_of_brand on product (tenant_id, brand_id) where deleted_at is null and brand_id is not null;

create or replace trigger stamp_row
  before update of slug, base_sku, name, description, external_reference, status, published_at, options, tax_category, brand_id, tags,
    seo_title, seo_description, hs_code, origin_country, version, deleted_at
  on product for each row execute function stamp_row();

alter table category
  add column seo_title       text check (char_length(seo_title) between 1 and 255),
  add column seo_description text check (char_length(seo_description) between 1 and 1000);
alter table collection
  add column seo_title       text check (char_length(seo_title) between 1 and 255),
  add column seo_description text check (char_length(seo_description) between 1 and 1000);

alter table product_translation
  add column seo_title       text check (char_length(seo_title) between 1 and 255),
  add column seo_description text check (char_length(seo_description) between 1 and 1000);
alter table category_translation
  add column seo_title       text check (char_length(seo_title) between 1 and 255),
  add column seo_description text check (char_length(seo_description) between 1 and 1000);
alter table collection_translation
  add column seo_title       text check (char_length(seo_title) between 1 and 255),
  add column seo_description text check (char_length(seo_description) between 1 and 1000);
