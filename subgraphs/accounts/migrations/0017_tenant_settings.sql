-- What a shop shows of itself, and how it writes times and mails.
alter table accounts.tenant
  add column brand_name text check (length(brand_name) between 1 and 255),
  add column brand_color text check (brand_color ~ '^#[0-9a-f]{6}$'),
  add column mail_sender_name text check (length(mail_sender_name) between 1 and 100),
  -- Empty: the shop has its default locale only.
  add column locales text[] not null default '{}' check (cardinality(locales) <= 50),
  add column time_zone text not null default 'UTC' check (length(time_zone) between 1 and 64);

-- The host names of the transaction's tenant. The directory of all tenants is closed to the application.
create function accounts.own_tenant_hosts() returns table (name text)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select entry.name from tenant_directory entry
   where entry.tenant_id = accounts.current_tenant() and entry.kind = 'HOST' order by entry.name limit 100
$$;
revoke execute on function accounts.own_tenant_hosts from public;
grant execute on function accounts.own_tenant_hosts to accounts_app;
