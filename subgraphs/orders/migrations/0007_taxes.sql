-- A tenant's decisions about taxes. No row: the defaults of `tax.ts`.
create table tax_settings (
  tenant_id           uuid not null default current_tenant(),
  id                  uuid not null,
  prices_include_tax  boolean not null,
  rounding            text not null check (rounding in ('UNIT', 'LINE', 'TOTAL')),
  seller_country_code text check (seller_country_code ~ '^[A-Z]{2}$'),
  primary key (tenant_id, id),
  constraint tax_settings_one unique (tenant_id)
);
select stamped('tax_settings');
select protect_tenant_table('tax_settings');

-- The categories that a tenant adds to the built-in ones.
create table tax_category (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null,
  code      text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,49}$'),
  name      text not null check (length(name) between 1 and 255),
  treatment text not null check (treatment in ('TAXED', 'ZERO_RATED', 'EXEMPT')),
  primary key (tenant_id, id),
  constraint tax_category_code_taken unique (tenant_id, code)
);
select stamped('tax_category');
select protect_tenant_table('tax_category');

-- The area in which rates apply. The rates are `TaxRate` in `tax.ts`.
create table tax_zone (
  tenant_id      uuid not null default current_tenant(),
  id             uuid not null default gen_random_uuid(),
  name           text not null check (length(name) between 1 and 255),
  country_code   text not null check (country_code ~ '^[A-Z]{2}$'),
  region         text check (length(region) between 1 and 255),
  postal_pattern text check (postal_pattern ~ '^[A-Z0-9]{1,20}[*]?$'),
  rates          jsonb not null check (jsonb_typeof(rates) = 'array'),
  primary key (tenant_id, id),
  -- Also the index of a cart's destination.
  constraint tax_zone_area_taken unique nulls not distinct (tenant_id, country_code, region, postal_pattern)
);
select stamped('tax_zone');
create index tax_zone_by_name on tax_zone (tenant_id, name, id);

-- The rates of countries become zones. Releases before this one continue to read `tax_rate`.
create policy moves_to_zones on tax_rate for select to orders_owner using (true);
insert into tax_zone (tenant_id, name, country_code, rates)
select tenant_id, country_code, country_code,
       jsonb_build_array(jsonb_build_object('category', 'standard', 'name', 'VAT', 'millionths', basis_points * 100, 'from', null, 'until', null))
  from tax_rate;
drop policy moves_to_zones on tax_rate;
select protect_tenant_table('tax_zone');

alter table cart
  -- The buyer's VAT id.
  add column tax_id text check (length(tax_id) <= 20),
  -- The difference between the amount to pay and the prices, as the buyer saw it at the last change.
  add column tax_adjustment_minor bigint not null default 0;

alter table cart_line
  -- The code of the product's tax category. Null: standard.
  add column tax_category text check (length(tax_category) <= 50);

-- The taxes of the order as a whole (`AgreedTaxes`). Null: placed by an earlier release, or imported.
alter table sales_order add column taxes jsonb check (jsonb_typeof(taxes) = 'object');

alter table order_line add column tax_lines jsonb check (jsonb_typeof(tax_lines) = 'array');
