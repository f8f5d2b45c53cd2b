-- What the built-in test provider did: as separate from our records as another company's, so that a crash between the two
-- is a real one. Append-only.
create table payments.test_provider_charge (
  tenant_id         uuid not null default payments.current_tenant(),
  -- The caller's.
  idempotency_key   text not null,
  authorization_key text not null,
  kind              text not null check (kind in ('AUTHORIZE', 'CAPTURE', 'VOID', 'REFUND')),
  amount_minor      bigint not null check (amount_minor >= 0),
  currency          text,
  -- Null: approved.
  decline_code      text,
  reference         text not null,
  created_at        timestamptz not null default clock_timestamp(),
  primary key (tenant_id, idempotency_key)
);
create index test_provider_charge_by_authorization on payments.test_provider_charge (tenant_id, authorization_key);
revoke update, delete on payments.test_provider_charge from payments_app;
select payments.protect_tenant_table('test_provider_charge');
