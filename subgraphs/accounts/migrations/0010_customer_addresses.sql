-- The addresses of a customer, for the checkout. At most one of them is the default for deliveries, and at most one for invoices.
create table accounts.customer_address (
  tenant_id           uuid not null default accounts.current_tenant(),
  id                  uuid not null,
  customer_id         uuid not null,
  address             jsonb not null check (jsonb_typeof(address) = 'object'),
  -- E.164. Null when the address has no phone number.
  phone_key           text check (phone_key ~ '^\+\d{3,20}$'),
  is_default_shipping boolean not null default false,
  is_default_billing  boolean not null default false,
  primary key (tenant_id, id),
  constraint customer_address_customer_fk foreign key (tenant_id, customer_id) references accounts.customer (tenant_id, id)
);
select accounts.stamped('customer_address');
select accounts.protect_tenant_table('customer_address');
create index customer_address_of on accounts.customer_address (tenant_id, customer_id, created_at, id);
create index customer_address_phone on accounts.customer_address (tenant_id, phone_key) where phone_key is not null;
create unique index customer_address_shipping on accounts.customer_address (tenant_id, customer_id) where is_default_shipping;
create unique index customer_address_billing on accounts.customer_address (tenant_id, customer_id) where is_default_billing;
