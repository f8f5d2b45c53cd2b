-- Comparisons of the ledger with a provider, one for each account and period.
create table payments.reconciliation (
  tenant_id    uuid not null default payments.current_tenant(),
  id           uuid not null,
  provider     text not null,
  period_from  timestamptz not null,
  period_to    timestamptz not null check (period_to > period_from),
  status       text not null default 'QUEUED' check (status in ('QUEUED', 'COMPLETED', 'FAILED')),
  -- When the job takes it. A running comparison is taken again after this time, in case its process ended.
  run_at       timestamptz not null default now(),
  attempts     integer not null default 0,
  charges      integer not null default 0,
  refunds      integer not null default 0,
  differences  integer not null default 0,
  repaired     integer not null default 0,
  problem      text,
  ended_at     timestamptz,
  primary key (tenant_id, id)
);
select payments.stamped('reconciliation');
create index reconciliation_newest on payments.reconciliation (tenant_id, created_at, id);
create index reconciliation_due on payments.reconciliation (run_at) where status = 'QUEUED';

create table payments.reconciliation_difference (
  tenant_id          uuid not null default payments.current_tenant(),
  -- Derived from the comparison, the kind and the reference: a repeated comparison finds its own entries.
  id                 uuid not null,
  reconciliation_id  uuid not null,
  kind               text not null,
  payment_id         uuid,
  reference          text not null,
  ledger_minor       bigint,
  provider_minor     bigint,
  currency           text,
  repaired           boolean not null,
  found_at           timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  constraint reconciliation_difference_of_fk foreign key (tenant_id, reconciliation_id)
    references payments.reconciliation (tenant_id, id)
);
create index reconciliation_difference_by_reconciliation
  on payments.reconciliation_difference (tenant_id, reconciliation_id, found_at, id);

-- When the next comparison of an account is queued. It begins before the end of the last one. Without a row: now.
create table payments.reconciliation_plan (
  tenant_id  uuid not null default payments.current_tenant(),
  account_id uuid not null,
  next_at    timestamptz not null,
  until      timestamptz,
  primary key (tenant_id, account_id),
  constraint reconciliation_plan_account_fk foreign key (tenant_id, account_id) references payments.payment_account (tenant_id, id)
);
select payments.protect_tenant_table(name)
  from unnest(array['reconciliation', 'reconciliation_difference', 'reconciliation_plan']) as name;

-- The ledger by time: entries that the provider does not list.
create index payment_transaction_newest on payments.payment_transaction (tenant_id, created_at, id);

-- The job looks for every tenant, and sees nothing but ids.
create policy reconciliation_looks on payments.reconciliation for select to payments_owner using (true);
create policy reconciliation_looks on payments.payment_account for select to payments_owner using (true);
create policy reconciliation_looks on payments.reconciliation_plan for select to payments_owner using (true);
create function payments.due_reconciliations(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = payments, pg_temp as $$
  select due.tenant_id, due.id from reconciliation due
   where due.status = 'QUEUED' and due.run_at <= now() order by due.run_at limit batch
$$;
create function payments.due_account_reconciliations(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = payments, pg_temp as $$
  select account.tenant_id, account.id
    from payment_account account
    left join reconciliation_plan plan on plan.tenant_id = account.tenant_id and plan.account_id = account.id
   where account.secret_name is not null and (plan.next_at is null or plan.next_at <= now())
   order by plan.next_at limit batch
$$;
revoke execute on function payments.due_reconciliations, payments.due_account_reconciliations from public;
grant execute on function payments.due_reconciliations, payments.due_account_reconciliations to payments_app;
