-- Prices for some buyers, countries or times. A list holds prices in one currency.
create table price_list (
  tenant_id     uuid not null default current_tenant(),
  id            uuid not null default gen_random_uuid(),
  code          text not null check (code ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' and char_length(code) <= 100),
  name          text not null check (char_length(name) between 1 and 255),
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  -- Ids of customer groups. Empty: every buyer.
  group_ids     jsonb not null default '[]' check (jsonb_typeof(group_ids) = 'array'),
  -- Codes by ISO 3166-1. Empty: every country, and buyers whose country is not known.
  country_codes jsonb not null default '[]' check (jsonb_typeof(country_codes) = 'array'),
  starts_at     timestamptz,
  -- The first moment without the list.
  ends_at       timestamptz,
  priority      integer not null default 0 check (priority between -10000 and 10000),
  active        boolean not null default true,
  -- The place among all lists, see `price-selection.ts`.
  rank          bigint not null default 0,
  primary key (tenant_id, id),
  constraint price_list_period check (ends_at > starts_at)
);
select stamped('price_list');
select protect_tenant_table('price_list');
create unique index price_list_code_unique on price_list (tenant_id, code) where deleted_at is null;
create index price_list_by_rank on price_list (tenant_id, rank, id) where deleted_at is null;

create table price_list_price (
  tenant_id        uuid not null default current_tenant(),
  price_list_id    uuid not null,
  variant_id       uuid not null,
  -- The lowest number of units to which the price applies.
  from_quantity    integer not null check (from_quantity between 1 and 1000000),
  -- Copies from the list: one index then finds the price of a variant, however many lists there are.
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  rank             bigint not null default 0,
  unit_price       numeric(20, 6) not null check (unit_price >= 0),
  compare_at_price numeric(20, 6) check (compare_at_price > unit_price),
  -- unit_price in minor units, rounded half up.
  amount_minor     bigint not null check (amount_minor >= 0),
  primary key (tenant_id, price_list_id, variant_id, from_quantity),
  constraint price_list_price_list_fk foreign key (tenant_id, price_list_id)
    references price_list (tenant_id, id) on delete cascade,
  constraint price_list_price_variant_fk foreign key (tenant_id, variant_id) references product_variant (tenant_id, id)
);
select protect_tenant_table('price_list_price');
create index price_list_price_offers on price_list_price (tenant_id, variant_id, currency, from_quantity, rank desc);
