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
select payments.protect_tenant_table('payment_dispute');

-- The money that disputes have withdrawn. It is no refund: the bank took it.
alter table payments.payment add column disputed_minor bigint not null default 0 check (disputed_minor >= 0);

alter table payments.payment_transaction drop constraint payment_transaction_kind_check;
alter table payments.payment_transaction add constraint payment_transaction_kind_check
  check (kind in ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND', 'DISPUTE_WITHDRAWAL', 'DISPUTE_REINSTATEMENT'));
