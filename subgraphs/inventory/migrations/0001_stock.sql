create table warehouse (
  tenant_id    uuid not null default current_tenant(),
  id           uuid not null default gen_random_uuid(),
  code         text not null check (length(code) between 1 and 64),
  name         text not null check (length(name) between 1 and 255),
  line1        text,
  line2        text,
  city         text,
  region       text,
  postal_code  text,
  country_code text not null check (length(country_code) = 2),
  priority     integer not null default 0,
  active       boolean not null default true,
  primary key (tenant_id, id),
  constraint warehouse_code_unique unique (tenant_id, code)
);
select stamped('warehouse');
create index warehouse_by_priority on warehouse (tenant_id, priority, id);

-- on_hand stays below 2^31 because the API gives it as a GraphQL Int.
create table stock_level (
  tenant_id    uuid not null default current_tenant(),
  id           uuid not null default gen_random_uuid(),
  warehouse_id uuid not null,
  sku          text not null check (length(sku) between 1 and 64),
  on_hand      bigint not null check (on_hand between 0 and 2147483647),
  reserved     bigint not null default 0,
  primary key (tenant_id, id),
  constraint stock_level_unique unique (tenant_id, warehouse_id, sku),
  -- The tenant is part of the reference: foreign-key checks bypass row-level security.
  constraint stock_level_warehouse_fk foreign key (tenant_id, warehouse_id) references warehouse (tenant_id, id),
  constraint stock_level_not_oversold check (reserved between 0 and on_hand)
) with (fillfactor = 80); -- quantities are in no index: an update that finds room on its page touches none
select stamped('stock_level');
create index stock_level_by_sku on stock_level (tenant_id, sku, id);

create table reservation (
  tenant_id  uuid not null default current_tenant(),
  id         uuid not null,
  -- Null: the reservation was released before it was made, and this row keeps its id closed.
  order_id   uuid,
  status     text not null check (status in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
select stamped('reservation');
create index reservation_by_order on reservation (tenant_id, order_id) where order_id is not null;
-- For the sweeper, which looks across tenants.
create index reservation_due on reservation (expires_at) where status = 'HELD';

create table reservation_line (
  tenant_id      uuid not null default current_tenant(),
  reservation_id uuid not null,
  stock_level_id uuid not null,
  quantity       bigint not null check (quantity > 0),
  primary key (tenant_id, reservation_id, stock_level_id),
  constraint reservation_line_reservation_fk foreign key (tenant_id, reservation_id) references reservation (tenant_id, id),
  constraint reservation_line_level_fk foreign key (tenant_id, stock_level_id) references stock_level (tenant_id, id)
);

-- Sold stock that came back, by the id that the caller chose: the same one again does nothing.
create table restock (
  tenant_id   uuid not null default current_tenant(),
  id          uuid not null,
  order_id    uuid not null,
  occurred_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

-- The ledger. Per stock level, the deltas sum to its quantities at any time. SKU and warehouse are written out, so that the
-- history of either is one range of an index.
create table stock_movement (
  tenant_id      uuid not null default current_tenant(),
  id             uuid not null default gen_random_uuid(),
  -- Drawn while the stock level is locked: the order of a level's movements.
  position       bigint generated always as identity,
  stock_level_id uuid not null,
  warehouse_id   uuid not null,
  sku            text not null,
  kind           text not null check (kind in ('RECEIVED', 'ADJUSTED', 'TRANSFERRED', 'RESERVED', 'RELEASED', 'EXPIRED', 'COMMITTED', 'RESTOCKED')),
  on_hand_delta  bigint not null,
  reserved_delta bigint not null,
  reservation_id uuid,
  order_id       uuid,
  actor_id       uuid default current_actor(),
  reason         text,
  occurred_at    timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  constraint stock_movement_moves check (on_hand_delta <> 0 or reserved_delta <> 0),
  constraint stock_movement_level_fk foreign key (tenant_id, stock_level_id) references stock_level (tenant_id, id)
);
create index stock_movement_latest on stock_movement (tenant_id, position, id);
create index stock_movement_of_sku on stock_movement (tenant_id, sku, position, id);
create index stock_movement_of_warehouse on stock_movement (tenant_id, warehouse_id, position, id);

do $$ declare tbl text; begin
  foreach tbl in array array['warehouse', 'stock_level', 'reservation', 'reservation_line', 'restock', 'stock_movement'] loop
    perform protect_tenant_table(tbl);
  end loop;
end $$;

-- What happened is never rewritten, not even by the role that serves requests.
revoke update, delete, truncate on stock_movement, reservation_line, restock from inventory_app;

-- Held reservations past their time, of all tenants: ids alone leave the function.
create policy sweeper_reads on reservation for select to inventory_owner using (true);
create function due_reservations(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = inventory, pg_temp as $$
  select reservation.tenant_id, reservation.id from reservation
   where status = 'HELD' and expires_at <= now()
   order by expires_at limit batch
$$;
revoke execute on function due_reservations from public;
grant execute on function due_reservations to inventory_app;
