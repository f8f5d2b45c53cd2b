-- What the shop has subscribed to: how much its staff and its programs may ask of the platform follows from it.
alter table accounts.tenant
  add column plan text not null default 'STARTER' check (plan in ('STARTER', 'PROFESSIONAL', 'ENTERPRISE'));

-- What a function returns cannot be added to.
drop function accounts.find_tenant_by_id;
drop function accounts.find_tenant_by_name;

create function accounts.find_tenant_by_id(tenant uuid) returns table (id uuid, slug text, name text, plan text)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.id, found.slug, found.name, found.plan from tenant found
   where found.tenant_id = tenant and found.id = tenant and found.deleted_at is null
$$;

create function accounts.find_tenant_by_name(name_kind text, wanted text)
  returns table (id uuid, slug text, name text, plan text)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.id, found.slug, found.name, found.plan
    from tenant_directory entry join tenant found on found.tenant_id = entry.tenant_id and found.id = entry.tenant_id
   where entry.kind = name_kind and entry.name = lower(wanted) and found.deleted_at is null
$$;

revoke execute on function accounts.find_tenant_by_id, accounts.find_tenant_by_name from public;
grant execute on function accounts.find_tenant_by_id, accounts.find_tenant_by_name to accounts_app;
