create table payments.payment (
  tenant_id          uuid not null default payments.current_tenant(),
  id                 uuid not null,
  -- Lives in another subgraph; it need not exist yet.
  order_id           uuid not null,
  provider           text not null,
  status             text not null
    check (status in ('PENDING', 'AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'FAILED')),
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor       bigint not null check (amount_minor > 0),
  authorized_minor   bigint not null default 0,
  captured_minor     bigint not null default 0,
  refunded_minor     bigint not null default 0,
  provider_reference text,
  decline_code       text,
  primary key (tenant_id, id),
  -- The last line of defence, whatever the code above it does.
  constraint payment_moves_no_more_than_it_has check (
    refunded_minor >= 0 and refunded_minor <= captured_minor
    and captured_minor <= authorized_minor and authorized_minor <= amount_minor)
);
select payments.stamped('payment');
create index payment_by_order on payments.payment (tenant_id, order_id, created_at, id);
create index payment_newest on payments.payment (tenant_id, created_at, id);
create index payment_newest_by_status on payments.payment (tenant_id, status, created_at, id);

-- Steps that were begun at the provider and have no answer yet: their amounts are spoken for. A row goes when its answer is
-- in payment_transaction.
create table payments.payment_step (
  tenant_id    uuid not null default payments.current_tenant(),
  id           uuid not null,
  payment_id   uuid not null,
  kind         text not null check (kind in ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND')),
  amount_minor bigint not null check (amount_minor > 0),
  currency     text not null,
  reason       text,
  fingerprint  text not null,
  started_at   timestamptz not null default now(),
  -- When recovery takes over, unless the one who began it is done by then.
  retry_at     timestamptz not null default now() + interval '1 minute',
  primary key (tenant_id, id),
  constraint payment_step_payment_fk foreign key (tenant_id, payment_id) references payments.payment (tenant_id, id)
);
create index payment_step_by_payment on payments.payment_step (tenant_id, payment_id);
create index payment_step_due on payments.payment_step (retry_at);

-- The ledger: what was asked of providers and what they answered.
create table payments.payment_transaction (
  tenant_id          uuid not null default payments.current_tenant(),
  id                 uuid not null,
  payment_id         uuid not null,
  kind               text not null check (kind in ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND')),
  status             text not null check (status in ('SUCCEEDED', 'FAILED')),
  amount_minor       bigint not null check (amount_minor > 0),
  currency           text not null,
  reason             text,
  decline_code       text,
  provider_reference text,
  fingerprint        text not null,
  created_at         timestamptz not null default clock_timestamp(),
  created_by         uuid default payments.current_actor(),
  primary key (tenant_id, id),
  constraint payment_transaction_payment_fk foreign key (tenant_id, payment_id) references payments.payment (tenant_id, id)
);
create index payment_transaction_by_payment on payments.payment_transaction (tenant_id, payment_id, created_at, id);
revoke update, delete on payments.payment_transaction from payments_app;

-- Ids that were voided before they were known: an authorization that arrives late finds its door closed.
create table payments.closed_payment (
  tenant_id uuid not null default payments.current_tenant(),
  id        uuid not null,
  order_id  uuid not null,
  closed_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
revoke update, delete on payments.closed_payment from payments_app;

select payments.protect_tenant_table(name)
  from unnest(array['payment', 'payment_step', 'payment_transaction', 'closed_payment']) as name;

-- Recovery looks for every tenant, and sees nothing but ids.
create policy recovery_looks on payments.payment_step for select to payments_owner using (true);
create function payments.due_payment_steps(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = payments, pg_temp as $$
  select step.tenant_id, step.id from payment_step step where step.retry_at <= now() order by step.retry_at limit batch
$$;
revoke execute on function payments.due_payment_steps from public;
grant execute on function payments.due_payment_steps to payments_app;
