-- What buyers dispute at their banks, as the provider reports it.
create table payments.payment_dispute (
  tenant_id          uuid not null default payments.current_tenant(),
  id                 uuid not null,
  payment_id         uuid not null,
  provider           text not null,
  provider_reference text not null,
  status             text not null check (status in ('INQUIRY', 'NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST')),
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor       bigint not null check (amount_minor > 0),
  -- The part of the amount that the provider has taken from the shop, and not given back.
  withdrawn_minor    bigint not null default 0 check (withdrawn_minor >= 0 and withdrawn_minor <= amount_minor),
  reason             text not null,
  -- Until when the shop may answer. Null: the provider names no date.
  due_at             timestamptz,
  closed_at          timestamptz,
  primary key (tenant_id, id),
  constraint payment_dispute_reference unique (tenant_id, provider, provider_reference),
  constraint payment_dispute_payment_fk foreign key (tenant_id, payment_id) references payments.payment (tenant_id, id)
);
select payments.stamped('payment_dispute');
create index payment_dispute_by_payment on payments.payment_dispute (tenant_id, payment_id, created_at, id);
create index payment_dispute_newest on payments.payment_dispute (tenant_id, created_at, id);
create index payment_dispute_newest_by_status on payments.payment_dispute (tenant_id, status, created_at, id);

-- The ledger of disputes: money that the provider took, or gave back.
create table payments.dispute_movement (
  tenant_id    uuid not null default payments.current_tenant(),
  id           uuid not null,
  payment_id   uuid not null,
  dispute_id   uuid not null,
  kind         text not null check (kind in ('WITHDRAWAL', 'REINSTATEMENT')),
  amount_minor bigint not null check (amount_minor > 0),
  currency     text not null,
  created_at   timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  constraint dispute_movement_payment_fk foreign key (tenant_id, payment_id) references payments.payment (tenant_id, id),
  constraint dispute_movement_dispute_fk foreign key (tenant_id, dispute_id) references payments.payment_dispute (tenant_id, id)
);
create index dispute_movement_by_dispute on payments.dispute_movement (tenant_id, dispute_id, created_at, id);
create index dispute_movement_by_payment on payments.dispute_movement (tenant_id, payment_id);
revoke update, delete on payments.dispute_movement from payments_app;

select payments.protect_tenant_table(name) from unnest(array['payment_dispute', 'dispute_movement']) as name;

-- The money that disputes have withdrawn. It is no refund: the bank took it.
alter table payments.payment add column disputed_minor bigint not null default 0 check (disputed_minor >= 0);
