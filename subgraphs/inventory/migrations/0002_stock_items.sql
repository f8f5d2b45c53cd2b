-- How a SKU is sold. A SKU without a row is reserved by orders.
create table stock_item (
  tenant_id         uuid not null default current_tenant(),
  id                uuid not null default gen_random_uuid(),
  sku               text not null check (length(sku) between 1 and 64),
  mode              text not null default 'RESERVE_ON_ORDER'
                    check (mode in ('NONE', 'TRACK_ONLY', 'RESERVE_ON_ORDER', 'RESERVE_ON_CART')),
  cart_hold_seconds integer not null default 900 check (cart_hold_seconds between 60 and 86400),
  primary key (tenant_id, id),
  constraint stock_item_unique unique (tenant_id, sku)
);
select stamped('stock_item');
select protect_tenant_table('stock_item');

-- The units that can be sold, of the units that are neither sold nor reserved. 2147483647, the largest GraphQL Int: any number.
create function sellable_units(units bigint, item stock_item) returns bigint language sql immutable as $$
  select case when (item).mode in ('NONE', 'TRACK_ONLY') then 2147483647 else greatest(units, 0) end
$$;

-- A reservation of a cart has no order. The reservation of an order names the cart only if the cart's stock is reserved in the cart.
-- The version of the cart, so that a late command for an older version changes nothing.
alter table reservation add column cart_id uuid, add column cart_version bigint;
create index reservation_of_cart on reservation (tenant_id, cart_id) where cart_id is not null;

-- The units of each restock: an order never returns more units to a level than it took from there.
create table restock_line (
  tenant_id      uuid not null default current_tenant(),
  restock_id     uuid not null,
  stock_level_id uuid not null,
  order_id       uuid not null,
  quantity       bigint not null check (quantity > 0),
  primary key (tenant_id, restock_id, stock_level_id),
  constraint restock_line_restock_fk foreign key (tenant_id, restock_id) references restock (tenant_id, id),
  constraint restock_line_level_fk foreign key (tenant_id, stock_level_id) references stock_level (tenant_id, id)
);
create index restock_line_of_order on restock_line (tenant_id, order_id, stock_level_id);
select protect_tenant_table('restock_line');
revoke update, delete, truncate on restock_line from inventory_app;
