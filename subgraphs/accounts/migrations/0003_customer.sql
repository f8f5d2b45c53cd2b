create table accounts.customer (
  tenant_id uuid not null default accounts.current_tenant(),
  id        uuid not null,
  email     text not null check (length(email) between 3 and 254),
  name      text not null,
  primary key (tenant_id, id)
);
select accounts.stamped('customer');
select accounts.protect_tenant_table('customer');
create unique index customer_email on accounts.customer (tenant_id, lower(email));
create index customer_newest on accounts.customer (tenant_id, created_at, id);
