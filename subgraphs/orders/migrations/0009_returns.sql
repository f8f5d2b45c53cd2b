-- Minor units of the order's currency: the price of units that came back. The buyer owes the total less `canceled_minor` and this amount.
alter table sales_order add column returned_minor bigint not null default 0 check (returned_minor >= 0);

-- Sent units that came back.
alter table order_line add column returned_quantity bigint not null default 0 check (returned_quantity >= 0);

-- Sent units that a buyer gives back. Received units are given back by the row of `order_line_cancellation` with the same id.
create table order_return (
  tenant_id        uuid not null default current_tenant(),
  id               uuid not null,
  order_id         uuid not null,
  -- The number of the order, "-R", and a count that starts with 1 for each order.
  number           text not null,
  status           text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'CANCELED', 'RECEIVED')),
  note             text,
  rejection_reason text,
  requested_at     timestamptz not null,
  received_at      timestamptz,
  -- The agreed refund in minor units of the order's currency. Null until the units are received.
  refund_minor     bigint check (refund_minor >= 0),
  primary key (tenant_id, id),
  constraint order_return_number unique (tenant_id, number),
  constraint order_return_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
select stamped('order_return');
create index order_return_newest on order_return (tenant_id, requested_at, id);
create index order_return_by_status on order_return (tenant_id, status, requested_at, id);
create index order_return_by_order on order_return (tenant_id, order_id, requested_at, id);

create table order_return_line (
  tenant_id          uuid not null default current_tenant(),
  id                 uuid not null,
  return_id          uuid not null,
  order_line_id      uuid not null,
  position           integer not null,
  quantity           bigint not null check (quantity > 0),
  reason             text not null,
  note               text,
  received_quantity  bigint not null default 0 check (received_quantity between 0 and quantity),
  restocked_quantity bigint not null default 0 check (restocked_quantity between 0 and received_quantity),
  primary key (tenant_id, id),
  constraint order_return_line_once unique (tenant_id, return_id, order_line_id),
  constraint order_return_line_return_fk foreign key (tenant_id, return_id) references order_return (tenant_id, id),
  constraint order_return_line_line_fk foreign key (tenant_id, order_line_id) references order_line (tenant_id, id)
);
create index order_return_line_by_order_line on order_return_line (tenant_id, order_line_id);

-- How long buyers may give units back. A shop without a row has the default of `return.policy.ts`.
create table return_policy (
  tenant_id   uuid not null default current_tenant(),
  id          uuid not null,
  window_days integer not null check (window_days between 0 and 3650),
  primary key (tenant_id, id),
  constraint return_policy_once unique (tenant_id)
);
select stamped('return_policy');

select protect_tenant_table('order_return');
select protect_tenant_table('order_return_line');
select protect_tenant_table('return_policy');
