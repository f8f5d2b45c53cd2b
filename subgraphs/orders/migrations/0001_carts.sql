-- What a tenant decides about its orders. No row: the defaults of `order-settings.ts`.
create table order_settings (
  tenant_id        uuid not null default current_tenant(),
  default_currency text not null check (default_currency ~ '^[A-Z]{3}$'),
  capture_policy   text not null check (capture_policy in ('AUTOMATIC', 'MANUAL')),
  number_prefix    text not null check (length(number_prefix) <= 10),
  primary key (tenant_id)
);
select protect_tenant_table('order_settings');

-- The tax that is contained in prices, by the country that the goods go to. No row: none.
create table tax_rate (
  tenant_id    uuid not null default current_tenant(),
  country_code text not null check (country_code ~ '^[A-Z]{2}$'),
  basis_points integer not null check (basis_points between 0 and 10000),
  primary key (tenant_id, country_code)
);
select protect_tenant_table('tax_rate');

create table shipping_method (
  tenant_id  uuid not null default current_tenant(),
  id         uuid not null,
  code       text not null check (length(code) between 1 and 100),
  name       text not null check (length(name) between 1 and 255),
  sort_order integer not null default 0,
  active     boolean not null default true,
  primary key (tenant_id, id),
  constraint shipping_method_code_taken unique (tenant_id, code)
);
select stamped('shipping_method');
select protect_tenant_table('shipping_method');
create index shipping_method_order on shipping_method (tenant_id, sort_order, id);

-- Where a method ships to. A method without a row ships everywhere.
create table shipping_method_country (
  tenant_id          uuid not null default current_tenant(),
  shipping_method_id uuid not null,
  country_code       text not null check (country_code ~ '^[A-Z]{2}$'),
  primary key (tenant_id, shipping_method_id, country_code),
  constraint shipping_method_country_method_fk foreign key (tenant_id, shipping_method_id)
    references shipping_method (tenant_id, id) on delete cascade
);
select protect_tenant_table('shipping_method_country');

-- What a method costs, and for which subtotals it is offered. A currency without a row: not offered in it.
create table shipping_method_price (
  tenant_id          uuid not null default current_tenant(),
  shipping_method_id uuid not null,
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  price_minor        bigint not null check (price_minor >= 0),
  free_from_minor    bigint check (free_from_minor >= 0),
  min_subtotal_minor bigint check (min_subtotal_minor >= 0),
  max_subtotal_minor bigint check (max_subtotal_minor >= min_subtotal_minor),
  primary key (tenant_id, shipping_method_id, currency),
  constraint shipping_method_price_method_fk foreign key (tenant_id, shipping_method_id)
    references shipping_method (tenant_id, id) on delete cascade
);
select protect_tenant_table('shipping_method_price');

create table cart (
  tenant_id          uuid not null default current_tenant(),
  id                 uuid not null,
  status             text not null default 'ACTIVE' check (status in ('ACTIVE', 'COMPLETED', 'ABANDONED')),
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  locale             text not null,
  email              text,
  shipping_address   jsonb check (jsonb_typeof(shipping_address) = 'object'),
  billing_address    jsonb check (jsonb_typeof(billing_address) = 'object'),
  shipping_method_id uuid,
  -- Chosen by the checkout before the order exists, so no foreign key.
  order_id           uuid,
  primary key (tenant_id, id),
  constraint cart_shipping_method_fk foreign key (tenant_id, shipping_method_id) references shipping_method (tenant_id, id),
  constraint cart_completed_by_an_order check ((status = 'COMPLETED') = (order_id is not null))
);
select stamped('cart');
select protect_tenant_table('cart');
create index cart_shipping_method on cart (tenant_id, shipping_method_id) where shipping_method_id is not null;
create index cart_idle on cart (updated_at) where status = 'ACTIVE';

create table cart_line (
  tenant_id    uuid not null default current_tenant(),
  id           uuid not null,
  cart_id      uuid not null,
  position     integer not null,
  variant_id   uuid not null,
  product_id   uuid not null,
  sku          text not null,
  product_name text not null,
  variant_name text not null,
  options      jsonb not null check (jsonb_typeof(options) = 'array'),
  unit_price   numeric(20, 6) not null check (unit_price >= 0),
  quantity     integer not null check (quantity between 1 and 10000),
  primary key (tenant_id, id),
  constraint cart_line_cart_fk foreign key (tenant_id, cart_id) references cart (tenant_id, id) on delete cascade,
  constraint cart_line_once_per_variant unique (tenant_id, cart_id, variant_id)
);
select protect_tenant_table('cart_line');

-- The sweeper asks for every tenant at once, and learns nothing but which carts to look at.
create policy sweeper_reads on cart for select to orders_owner using (true);
create function idle_carts(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select cart.tenant_id, cart.id from cart
   where cart.status = 'ACTIVE' and cart.updated_at < now() - interval '30 days'
   order by cart.updated_at limit batch
$$;
revoke execute on function idle_carts from public;
grant execute on function idle_carts to orders_app;
