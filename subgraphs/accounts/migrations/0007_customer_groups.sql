-- The account of a customer. The row exists once the shopper proved the e-mail address, or staff created the account.
create table accounts.customer_account (
  tenant_id   uuid not null default accounts.current_tenant(),
  user_id     uuid not null,
  customer_id uuid not null,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, user_id),
  constraint customer_account_customer unique (tenant_id, customer_id),
  constraint customer_account_user_fk foreign key (tenant_id, user_id) references accounts.user_account (tenant_id, id),
  constraint customer_account_customer_fk foreign key (tenant_id, customer_id) references accounts.customer (tenant_id, id)
);
select accounts.protect_tenant_table('customer_account');

create table accounts.customer_group (
  tenant_id uuid not null default accounts.current_tenant(),
  id        uuid not null,
  code      text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$'),
  name      text not null check (length(name) between 1 and 255),
  primary key (tenant_id, id)
);
select accounts.stamped('customer_group');
select accounts.protect_tenant_table('customer_group');
create unique index customer_group_code on accounts.customer_group (tenant_id, lower(code)) where deleted_at is null;
create index customer_group_by_code on accounts.customer_group (tenant_id, code, id) where deleted_at is null;

create table accounts.customer_group_member (
  tenant_id   uuid not null default accounts.current_tenant(),
  group_id    uuid not null,
  customer_id uuid not null,
  created_at  timestamptz not null default now(),
  created_by  uuid default accounts.current_actor(),
  primary key (tenant_id, group_id, customer_id),
  constraint customer_group_member_group_fk foreign key (tenant_id, group_id)
    references accounts.customer_group (tenant_id, id),
  constraint customer_group_member_customer_fk foreign key (tenant_id, customer_id)
    references accounts.customer (tenant_id, id)
);
select accounts.protect_tenant_table('customer_group_member');
create index customer_group_member_by_customer on accounts.customer_group_member (tenant_id, customer_id, group_id);
create index customer_group_member_newest on accounts.customer_group_member (tenant_id, group_id, created_at, customer_id);
