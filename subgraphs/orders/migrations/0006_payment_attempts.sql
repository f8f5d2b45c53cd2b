-- Authorizations that are running, by the digest of the client's address. Together with the declines in attempt_count they are limited, so
-- that requests at the same time cannot pass the limit. A row that a crash left behind counts until it expires.
create table orders.payment_attempt (
  tenant_id  uuid not null default orders.current_tenant(),
  -- The checkout's.
  id         uuid not null,
  subject    text not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index payment_attempt_by_subject on orders.payment_attempt (tenant_id, subject, expires_at);
select orders.protect_tenant_table('payment_attempt');
