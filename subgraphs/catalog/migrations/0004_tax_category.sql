-- The code of the tax category in the subgraph orders. Null: standard.
alter table product add column tax_category text check (char_length(tax_category) between 1 and 50);

create or replace trigger stamp_row
  before update of slug, base_sku, name, description, external_reference, status, published_at, options, tax_category, version, deleted_at
  on product for each row execute function stamp_row();
