-- The accounts of tenants at payment providers. Keys are not in the database: `secret_name` names one of the installation's secrets.
create table payments.payment_account (
  tenant_id       uuid not null default payments.current_tenant(),
  id              uuid not null default gen_random_uuid(),
  provider        text not null,
  enabled         boolean not null,
  secret_name     text,
  publishable_key text,
  capture_method  text not null check (capture_method in ('MANUAL', 'AUTOMATIC')),
  -- [{"currency", "minimumMinor", "maximumMinor"}]; empty: every currency and amount.
  limits          jsonb not null default '[]',
  primary key (tenant_id, id),
  constraint payment_account_one_per_provider unique (tenant_id, provider)
);
select payments.stamped('payment_account');
select payments.protect_tenant_table('payment_account');
