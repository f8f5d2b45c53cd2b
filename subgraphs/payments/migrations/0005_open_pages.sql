-- When a provider without idempotency keys was last asked for this step. Until a minute later no other caller asks for it.
alter table payments.payment_step add column asked_at timestamptz;

-- Voided payments whose page at the provider cannot be closed: their buyers may still pay. Money that arrives is refunded, and the row goes.
create table payments.open_page (
  tenant_id  uuid not null default payments.current_tenant(),
  payment_id uuid not null,
  voided_at  timestamptz not null,
  -- When the provider is asked again. Null: no more; a notification of the provider still counts.
  check_at   timestamptz,
  checks     integer not null default 0,
  primary key (tenant_id, payment_id),
  constraint open_page_payment_fk foreign key (tenant_id, payment_id) references payments.payment (tenant_id, id)
);
create index open_page_due on payments.open_page (check_at) where check_at is not null;
select payments.protect_tenant_table('open_page');

-- The job looks for every tenant, and sees nothing but ids.
create policy late_payments_look on payments.open_page for select to payments_owner using (true);
create function payments.due_open_pages(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = payments, pg_temp as $$
  select page.tenant_id, page.payment_id from open_page page where page.check_at <= now() order by page.check_at limit batch
$$;
revoke execute on function payments.due_open_pages from public;
grant execute on function payments.due_open_pages to payments_app;
