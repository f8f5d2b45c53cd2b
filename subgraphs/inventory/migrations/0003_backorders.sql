alter table stock_item
  -- Units that are kept back from sale.
  add column safety_stock bigint not null default 0 check (safety_stock between 0 and 1000000000),
  -- Null: the shop wants no event for this SKU.
  add column low_stock_threshold bigint check (low_stock_threshold between 0 and 1000000000),
  -- The most units that may wait for stock. 0: the SKU cannot be back-ordered.
  add column backorder_limit bigint not null default 0 check (backorder_limit between 0 and 1000000000),
  -- Units that wait for stock, of running checkouts too: the sum of `backorder.waiting`.
  add column backordered bigint not null default 0 check (backordered >= 0),
  -- Units that are on their way to the shop, and the time at which stock is expected.
  add column incoming_quantity bigint not null default 0 check (incoming_quantity between 0 and 1000000000),
  add column expected_at timestamptz;
create index stock_item_low on stock_item (tenant_id, sku) where low_stock_threshold is not null;
-- For the job, which looks across tenants.
create index stock_item_waiting on stock_item (tenant_id, sku) where backordered > 0;

-- The units that can be sold, of the units that are neither sold nor reserved. 2147483647, the largest GraphQL Int: any number.
-- Units that wait for stock have a claim on the units that arrive: no other order takes those.
create or replace function sellable_units(units bigint, item stock_item) returns bigint language sql immutable as $$
  select case when (item).mode in ('NONE', 'TRACK_ONLY') then 2147483647
              else greatest(units - coalesce((item).safety_stock, 0) - coalesce((item).backordered, 0), 0) end
$$;

-- Units of an order that wait for stock. They are allocated in the order of `position`, once the reservation is committed.
create table backorder (
  tenant_id      uuid not null default current_tenant(),
  id             uuid not null default gen_random_uuid(),
  position       bigint generated always as identity,
  reservation_id uuid not null,
  order_id       uuid not null,
  sku            text not null,
  quantity       bigint not null check (quantity > 0),
  waiting        bigint not null check (waiting between 0 and quantity),
  created_at     timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint backorder_reservation_fk foreign key (tenant_id, reservation_id) references reservation (tenant_id, id)
);
create index backorder_of_sku on backorder (tenant_id, sku, position) where waiting > 0;
create index backorder_of_order on backorder (tenant_id, order_id);
create index backorder_of_reservation on backorder (tenant_id, reservation_id);
select protect_tenant_table('backorder');

-- The stock items of all tenants that have both waiting orders and stock for them: ids alone leave the function.
create policy allocator_reads on stock_item for select to inventory_owner using (true);
create policy allocator_reads on stock_level for select to inventory_owner using (true);
create policy allocator_reads on warehouse for select to inventory_owner using (true);
create policy allocator_reads on backorder for select to inventory_owner using (true);
create function due_backorders(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = inventory, pg_temp as $$
  select item.tenant_id, item.id from stock_item item
   where item.backordered > 0
     and item.safety_stock < (
       select coalesce(sum(level.on_hand - level.reserved), 0) from stock_level level
         join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id and warehouse.active
        where level.tenant_id = item.tenant_id and level.sku = item.sku)
     and exists (
       select from backorder
         join reservation on reservation.tenant_id = backorder.tenant_id and reservation.id = backorder.reservation_id
        where backorder.tenant_id = item.tenant_id and backorder.sku = item.sku and backorder.waiting > 0
          and reservation.status = 'COMMITTED')
   limit batch
$$;
revoke execute on function due_backorders from public;
grant execute on function due_backorders to inventory_app;
