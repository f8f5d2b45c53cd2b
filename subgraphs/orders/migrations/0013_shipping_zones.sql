-- Parts of the world with shipping prices of their own. `areas` is a list of `ShippingArea`, see `shipping-zone.ts`.
create table shipping_zone (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null,
  code      text not null check (length(code) between 1 and 100),
  name      text not null check (length(name) between 1 and 255),
  areas     jsonb not null check (jsonb_typeof(areas) = 'array'),
  primary key (tenant_id, id),
  constraint shipping_zone_code_taken unique (tenant_id, code)
);
select stamped('shipping_zone');
select protect_tenant_table('shipping_zone');

-- The areas of the zones in the form in which an address is looked up: one row for each area or postal pattern.
create table shipping_zone_place (
  tenant_id    uuid not null default current_tenant(),
  zone_id      uuid not null,
  position     integer not null,
  -- '*': every country.
  country_code text not null check (country_code ~ '^([A-Z]{2}|[*])$'),
  region       text check (length(region) between 1 and 255),
  -- A pattern of `like`. Null: every postal code.
  postal_like  text check (postal_like ~ '^[A-Z0-9_]{1,20}%?$'),
  -- The first characters of the postal code are between these two, which have the same length. Null: no range.
  postal_from  text collate "C" check (postal_from ~ '^[A-Z0-9]{1,20}$'),
  postal_to    text collate "C" check (postal_to ~ '^[A-Z0-9]{1,20}$' and length(postal_to) = length(postal_from)),
  -- The place with the highest number decides about an address.
  specificity  integer not null,
  primary key (tenant_id, zone_id, position),
  constraint shipping_zone_place_zone_fk foreign key (tenant_id, zone_id) references shipping_zone (tenant_id, id) on delete cascade
);
select protect_tenant_table('shipping_zone_place');
create index shipping_zone_place_by_country on shipping_zone_place (tenant_id, country_code);

-- The prices of a method in a zone. They replace the prices of the method for addresses in the zone. `prices` is a list of `ShippingPrice`.
create table shipping_method_zone (
  tenant_id          uuid not null default current_tenant(),
  shipping_method_id uuid not null,
  zone_id            uuid not null,
  prices             jsonb not null check (jsonb_typeof(prices) = 'array'),
  -- Null: the delivery days of the method.
  min_delivery_days  integer check (min_delivery_days >= 0),
  max_delivery_days  integer check (max_delivery_days >= min_delivery_days),
  primary key (tenant_id, shipping_method_id, zone_id),
  constraint shipping_method_zone_method_fk foreign key (tenant_id, shipping_method_id)
    references shipping_method (tenant_id, id) on delete cascade,
  constraint shipping_method_zone_zone_fk foreign key (tenant_id, zone_id) references shipping_zone (tenant_id, id)
);
select protect_tenant_table('shipping_method_zone');
create index shipping_method_zone_by_zone on shipping_method_zone (tenant_id, zone_id);

alter table shipping_method
  add column description text check (length(description) <= 1000),
  -- {locale: {name, description}}
  add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object'),
  add column min_delivery_days integer check (min_delivery_days >= 0),
  add column max_delivery_days integer check (max_delivery_days >= min_delivery_days),
  -- Carts with one of these products, or with a product of one of these categories, are not sent by the method.
  add column excluded_product_ids jsonb not null default '[]' check (jsonb_typeof(excluded_product_ids) = 'array'),
  add column excluded_category_ids jsonb not null default '[]' check (jsonb_typeof(excluded_category_ids) = 'array');

alter table shipping_method_price
  add column min_weight_grams bigint check (min_weight_grams >= 0),
  add column max_weight_grams bigint check (max_weight_grams >= min_weight_grams),
  -- The measure of the steps. Null: no steps, one price for every cart.
  add column steps_by text check (steps_by in ('WEIGHT', 'VALUE', 'COUNT')),
  -- [{from, priceMinor}], ascending. See `ShippingStep` in `shipping-rate.ts`.
  add column steps jsonb not null default '[]' check (jsonb_typeof(steps) = 'array');

-- The weight of one unit. Null: not known.
alter table cart_line add column weight_grams integer check (weight_grams >= 0);
