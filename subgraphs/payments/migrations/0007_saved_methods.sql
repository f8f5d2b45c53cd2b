-- The customers of the shop at a provider. `secret_name` names the account: another account of the shop does not know the customer.
create table payments.payment_customer (
  tenant_id          uuid not null default payments.current_tenant(),
  -- Lives in another subgraph.
  customer_id        uuid not null,
  provider           text not null,
  secret_name        text not null,
  provider_reference text not null,
  created_at         timestamptz not null default clock_timestamp(),
  primary key (tenant_id, customer_id, provider, secret_name)
);

-- What customers have saved for later payments. Numbers, names and expiry dates of cards stay at the provider.
create table payments.saved_method (
  tenant_id          uuid not null default payments.current_tenant(),
  id                 uuid not null,
  customer_id        uuid not null,
  provider           text not null,
  secret_name        text not null,
  customer_reference text not null,
  provider_reference text not null,
  primary key (tenant_id, id),
  constraint saved_method_reference unique (tenant_id, provider, provider_reference)
);
select payments.stamped('saved_method');
create index saved_method_by_customer on payments.saved_method (tenant_id, customer_id, created_at, id);

-- Attempts to save a method. An attempt may wait for its customer at the provider.
create table payments.method_setup (
  tenant_id          uuid not null default payments.current_tenant(),
  id                 uuid not null,
  customer_id        uuid not null,
  provider           text not null,
  secret_name        text not null,
  -- Whether the attempt came with a token. Without one, the provider's library may try several cards.
  by_token           boolean not null,
  fingerprint        text not null,
  customer_reference text,
  provider_reference text,
  status             text not null default 'PENDING' check (status in ('PENDING', 'SAVED', 'FAILED')),
  decline_code       text,
  method_id          uuid,
  started_at         timestamptz not null,
  primary key (tenant_id, id)
);
create index method_setup_by_customer on payments.method_setup (tenant_id, customer_id, started_at);

select payments.protect_tenant_table(name) from unnest(array['payment_customer', 'saved_method', 'method_setup']) as name;
