-- The refunds of orders by tax category, and the price of units that were canceled before a capture (RELEASE). A row never changes. Refunds
-- from before this migration have no row.
create table order_refund (
  tenant_id    uuid not null default current_tenant(),
  id           uuid not null default gen_random_uuid(),
  order_id     uuid not null,
  -- Counts the rows of the order.
  position     integer not null check (position > 0),
  kind         text not null check (kind in ('REFUND', 'RELEASE')),
  at           timestamptz not null,
  -- Minor units of the order's currency.
  amount_minor bigint not null check (amount_minor > 0),
  -- `TaxedReturn` of `order-refund.ts`.
  parts        jsonb not null check (jsonb_typeof(parts) = 'array'),
  units        jsonb not null check (jsonb_typeof(units) = 'array'),
  primary key (tenant_id, id),
  constraint order_refund_position unique (tenant_id, order_id, position),
  constraint order_refund_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
select protect_tenant_table('order_refund');
revoke update, delete on order_refund from orders_app;

-- The refund of received units by tax category. Null until the units are received, and for returns from before this migration.
alter table order_return add column refund_parts jsonb check (jsonb_typeof(refund_parts) = 'array');
