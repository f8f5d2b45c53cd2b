-- An order: what was bought is frozen in its row and its lines; what happens to it afterwards are facts, and its three statuses
-- follow from them.
create table sales_order (
  tenant_id            uuid not null default current_tenant(),
  id                   uuid not null,
  -- Human readable, sequential per tenant: see order_number.
  number               text not null,
  -- Of an order that was taken over from another system.
  external_reference   text,
  -- The cart it was made of; null when it was imported.
  cart_id              uuid,
  customer_id          uuid,
  email                text not null,
  -- For the filter: a comparison with lower(email) could not use its index under row-level security, lower() is not leakproof.
  email_key            text not null generated always as (lower(email)) stored,
  locale               text not null,
  currency             text not null check (currency ~ '^[A-Z]{3}$'),
  -- Minor units of `currency`; tax is contained in the total.
  subtotal_minor       bigint not null check (subtotal_minor >= 0),
  discount_minor       bigint not null check (discount_minor >= 0),
  shipping_minor       bigint not null check (shipping_minor >= 0),
  tax_minor            bigint not null check (tax_minor >= 0),
  total_minor          bigint not null check (total_minor >= 0),
  shipping_address     jsonb not null,
  billing_address      jsonb,
  shipping_method_name text not null,
  placed_at            timestamptz not null,

  -- Facts.
  -- What payments last told (its contract's PaymentFacts), newest version only.
  payment              jsonb,
  stock_committed_at   timestamptz,
  canceled_at          timestamptz,
  cancel_reason        text,
  history_length       integer not null default 0,

  -- Derived from the facts by one function; stored for filters.
  status               text not null check (status in ('DRAFT', 'PLACED', 'CONFIRMED', 'COMPLETED', 'CANCELED', 'EXPIRED')),
  payment_status       text not null check (payment_status in ('NONE', 'PENDING', 'AUTHORIZED', 'PARTIALLY_PAID', 'PAID',
                         'PARTIALLY_REFUNDED', 'REFUNDED', 'FAILED', 'VOIDED')),
  fulfillment_status   text not null check (fulfillment_status in ('UNFULFILLED', 'BACKORDERED', 'PARTIALLY_FULFILLED',
                         'FULFILLED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED')),
  primary key (tenant_id, id),
  constraint sales_order_number unique (tenant_id, number),
  constraint sales_order_external_reference unique (tenant_id, external_reference),
  -- The last line of defence against placing a cart twice.
  constraint sales_order_cart unique (tenant_id, cart_id),
  constraint sales_order_totals check (total_minor = subtotal_minor - discount_minor + shipping_minor)
);
select stamped('sales_order');
create index sales_order_newest on sales_order (tenant_id, placed_at, id);
create index sales_order_by_status on sales_order (tenant_id, status, placed_at, id);
create index sales_order_by_payment_status on sales_order (tenant_id, payment_status, placed_at, id);
create index sales_order_by_fulfillment_status on sales_order (tenant_id, fulfillment_status, placed_at, id);
create index sales_order_by_email on sales_order (tenant_id, email_key, placed_at, id);
create index sales_order_by_customer on sales_order (tenant_id, customer_id, placed_at, id);

-- One row per tenant, taken in the transaction that places the order: numbers have no gaps, which bookkeepers ask about. The row is
-- the last thing that transaction locks, so placing is serialized for its last milliseconds only and cannot deadlock.
create table order_number (
  tenant_id uuid not null default current_tenant(),
  last      bigint not null,
  primary key (tenant_id)
);

create table order_line (
  tenant_id        uuid not null default current_tenant(),
  id               uuid not null,
  order_id         uuid not null,
  position         integer not null,
  -- What the catalog said on the day; the variant itself may be gone by now.
  variant_id       uuid not null,
  product_id       uuid not null,
  sku              text not null,
  name             text not null,
  options          jsonb not null,
  quantity         bigint not null check (quantity > 0),
  -- In the order's currency, like the amounts.
  unit_price       numeric(20, 6) not null check (unit_price >= 0),
  total_minor      bigint not null check (total_minor >= 0),
  tax_minor        bigint not null check (tax_minor >= 0),
  tax_basis_points integer not null check (tax_basis_points >= 0),
  -- Which warehouses set the units aside: [{"warehouseId", "quantity"}], in sum `quantity`.
  allocations      jsonb not null,
  primary key (tenant_id, id),
  constraint order_line_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id),
  constraint order_line_position unique (tenant_id, order_id, position)
);

create table fulfillment (
  tenant_id       uuid not null default current_tenant(),
  id              uuid not null,
  order_id        uuid not null,
  warehouse_id    uuid not null,
  status          text not null check (status in ('PENDING', 'SHIPPED', 'DELIVERED', 'CANCELED')),
  carrier         text,
  tracking_number text,
  shipped_at      timestamptz,
  delivered_at    timestamptz,
  canceled_at     timestamptz,
  primary key (tenant_id, id),
  constraint fulfillment_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
select stamped('fulfillment');
create index fulfillment_by_order on fulfillment (tenant_id, order_id, created_at, id);

create table fulfillment_line (
  tenant_id      uuid not null default current_tenant(),
  id             uuid not null default gen_random_uuid(),
  fulfillment_id uuid not null,
  order_line_id  uuid not null,
  quantity       bigint not null check (quantity > 0),
  primary key (tenant_id, id),
  constraint fulfillment_line_once unique (tenant_id, fulfillment_id, order_line_id),
  constraint fulfillment_line_fulfillment_fk foreign key (tenant_id, fulfillment_id) references fulfillment (tenant_id, id),
  constraint fulfillment_line_line_fk foreign key (tenant_id, order_line_id) references order_line (tenant_id, id)
);
create index fulfillment_line_by_order_line on fulfillment_line (tenant_id, order_line_id);

-- An order's history. `position` counts from 1 per order; writers hold the order's row, so it has no gaps.
create table order_event (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null,
  order_id  uuid not null,
  position  integer not null,
  type      text not null,
  at        timestamptz not null,
  by        uuid default current_actor(),
  message   text,
  primary key (tenant_id, id),
  constraint order_event_position unique (tenant_id, order_id, position),
  constraint order_event_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
-- What happened, happened.
revoke update, delete on order_event from orders_app;

-- What a canceled order must still give back. Written with the cancellation, worked off by commands; `id` makes them idempotent.
create table order_compensation (
  tenant_id  uuid not null default current_tenant(),
  id         uuid not null,
  order_id   uuid not null,
  -- [{"sku", "warehouseId", "quantity"}]
  restock    jsonb not null,
  -- VOID, REFUND or nothing.
  money      text check (money in ('VOID', 'REFUND')),
  payment_id uuid,
  reason     text not null,
  done_at    timestamptz,
  -- When the next try is due, unless this one succeeds.
  retry_at   timestamptz not null default now() + interval '30 seconds',
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint order_compensation_once unique (tenant_id, order_id),
  constraint order_compensation_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create index order_compensation_due on order_compensation (retry_at) where done_at is null;

-- The state of a checkout between its steps. `id` is also the id of the reservation and of the payment.
create table checkout (
  tenant_id       uuid not null default current_tenant(),
  id              uuid not null,
  -- Chosen before the order exists: stock and money are held for it.
  order_id        uuid not null,
  cart_id         uuid not null,
  -- Null: none was given, or the checkout was undone without an answer and the key is free again.
  idempotency_key text,
  -- Digest of the input; the payment token itself is never stored.
  fingerprint     text not null,
  state           text not null check (state in ('STARTED', 'PRICED', 'RESERVED', 'AUTHORIZED', 'PLACED', 'COMPLETED',
                    'UNDOING', 'UNDONE')),
  -- What was agreed: lines, totals, addresses. From PRICED on.
  agreement       jsonb,
  -- Usually `id`; another one when the first expired before the order was placed.
  reservation_id  uuid not null,
  allocations     jsonb,
  payment         jsonb,
  -- What is still to be given back while UNDOING: ["VOID_PAYMENT", "RELEASE_STOCK"].
  compensations   jsonb,
  -- The userErrors that it ended with; answered again for the same idempotency key.
  refusal         jsonb,
  -- Who works on it, and until when nobody else may. Every write names the lease it was made under.
  lease           uuid not null,
  lease_until     timestamptz not null,
  primary key (tenant_id, id),
  constraint checkout_idempotency_key unique (tenant_id, idempotency_key)
);
select stamped('checkout');
create unique index checkout_one_per_cart on checkout (tenant_id, cart_id) where state not in ('COMPLETED', 'UNDONE');
create index checkout_due on checkout (lease_until) where state not in ('COMPLETED', 'UNDONE');

do $$ declare tbl text; begin
  foreach tbl in array array['sales_order', 'order_number', 'order_line', 'fulfillment', 'fulfillment_line', 'order_event',
                             'order_compensation', 'checkout'] loop
    perform protect_tenant_table(tbl);
  end loop;
end $$;

-- Recovery looks across tenants, and sees which rows are due, no more.
create policy recovery_reads on checkout for select to orders_owner using (true);
create policy recovery_reads on order_compensation for select to orders_owner using (true);

-- Checkouts that nobody works on any more: their process died, or lost its database.
create function due_checkouts(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select tenant_id, id from checkout
   where state not in ('COMPLETED', 'UNDONE') and lease_until < now()
   order by lease_until limit batch
$$;

create function due_compensations(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select tenant_id, id from order_compensation where done_at is null and retry_at < now() order by retry_at limit batch
$$;

revoke execute on function due_checkouts, due_compensations from public;
grant execute on function due_checkouts, due_compensations to orders_app;
