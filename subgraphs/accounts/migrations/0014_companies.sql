-- Companies whose members buy at the company's prices, and with its VAT id.
create table accounts.company (
  tenant_id uuid not null default accounts.current_tenant(),
  id        uuid not null,
  name      text not null check (length(name) between 1 and 255),
  -- Checked, in capitals, without spaces. Null: the company has none.
  vat_id    text check (vat_id ~ '^[A-Z]{2}[0-9A-Z+*]{2,12}$'),
  primary key (tenant_id, id)
);
select accounts.stamped('company');
select accounts.protect_tenant_table('company');
create index company_by_name on accounts.company (tenant_id, name, id) where deleted_at is null;

-- A customer buys for at most one company.
create table accounts.company_member (
  tenant_id   uuid not null default accounts.current_tenant(),
  company_id  uuid not null,
  customer_id uuid not null,
  created_at  timestamptz not null default now(),
  created_by  uuid default accounts.current_actor(),
  primary key (tenant_id, company_id, customer_id),
  constraint company_member_once unique (tenant_id, customer_id),
  constraint company_member_company_fk foreign key (tenant_id, company_id) references accounts.company (tenant_id, id),
  constraint company_member_customer_fk foreign key (tenant_id, customer_id) references accounts.customer (tenant_id, id)
);
select accounts.protect_tenant_table('company_member');
create index company_member_newest on accounts.company_member (tenant_id, company_id, created_at, customer_id);
