-- The access token of an order is made of this number too: a new token ends the one before.
alter table sales_order add column access_generation integer not null default 0;

-- Minor units of the order's currency: the price of units that were canceled line by line. Due is the total less this.
alter table sales_order add column canceled_minor bigint not null default 0;

-- Units that will not be sent; `allocations` do not hold them any more.
alter table order_line add column canceled_quantity bigint not null default 0;

-- What canceled units must still give back. Written with the cancellation, worked off by commands; `id` makes them idempotent.
create table order_line_cancellation (
  tenant_id    uuid not null default current_tenant(),
  id           uuid not null,
  order_id     uuid not null,
  -- [{"sku", "warehouseId", "quantity"}]
  restock      jsonb not null,
  -- Minor units of the order's currency; 0: nothing was captured for these units yet.
  refund_minor bigint not null check (refund_minor >= 0),
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  payment_id   uuid,
  reason       text not null,
  done_at      timestamptz,
  -- When the next try is due, unless this one succeeds.
  retry_at     timestamptz not null default now() + interval '30 seconds',
  created_at   timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint order_line_cancellation_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create index order_line_cancellation_due on order_line_cancellation (retry_at) where done_at is null;
create index order_line_cancellation_by_order on order_line_cancellation (tenant_id, order_id);
select protect_tenant_table('order_line_cancellation');

create policy recovery_reads on order_line_cancellation for select to orders_owner using (true);
create function due_line_cancellations(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select tenant_id, id from order_line_cancellation where done_at is null and retry_at < now() order by retry_at limit batch
$$;
revoke execute on function due_line_cancellations from public;
grant execute on function due_line_cancellations to orders_app;

-- How often something was tried within a window: declined payments, look-ups of orders. `subject` is a digest, never an address.
create table attempt_count (
  tenant_id uuid not null default current_tenant(),
  brake     text not null,
  subject   text not null,
  attempts  integer not null check (attempts > 0),
  ends_at   timestamptz not null,
  primary key (tenant_id, brake, subject)
);
create index attempt_count_ended on attempt_count (ends_at);
select protect_tenant_table('attempt_count');

-- The clean-up forgets for every tenant, and can do nothing but forget.
create policy cleanup_reads on attempt_count for select to orders_owner using (true);
create policy cleanup_deletes on attempt_count for delete to orders_owner using (true);
create function delete_ended_attempt_counts(batch integer) returns bigint
  language sql security definer set search_path = orders, pg_temp as $$
  with gone as (
    delete from attempt_count where ctid = any (array(
      select ctid from attempt_count where ends_at < now() order by ends_at limit batch for update skip locked))
      and ends_at < now()
    returning 1)
  select count(*) from gone
$$;
revoke execute on function delete_ended_attempt_counts from public;
grant execute on function delete_ended_attempt_counts to orders_app;
