create table accounts.tenant (
  tenant_id uuid not null default accounts.current_tenant(),
  -- The tenant is its own: what other rows say in tenant_id is this id.
  id        uuid not null generated always as (tenant_id) stored,
  slug      text not null check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name      text not null check (length(name) between 1 and 255),
  primary key (tenant_id, id)
);
select accounts.stamped('tenant');
select accounts.protect_tenant_table('tenant');

-- Names that lead to a tenant before a request has one, and that must be unique across all of them. Nobody but the functions
-- below can read or write it.
create table accounts.tenant_directory (
  kind      text not null check (kind in ('SLUG', 'HOST')),
  name      text not null check (name = lower(name)),
  tenant_id uuid not null,
  primary key (kind, name)
);
create index tenant_directory_by_tenant on accounts.tenant_directory (tenant_id);
revoke all on accounts.tenant_directory from accounts_app;

create policy directory_reads on accounts.tenant for select to accounts_owner using (true);

create function accounts.find_tenant_by_id(tenant uuid) returns table (id uuid, slug text, name text)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.id, found.slug, found.name from tenant found
   where found.tenant_id = tenant and found.id = tenant and found.deleted_at is null
$$;

create function accounts.find_tenant_by_name(name_kind text, wanted text) returns table (id uuid, slug text, name text)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.id, found.slug, found.name
    from tenant_directory entry join tenant found on found.tenant_id = entry.tenant_id and found.id = entry.tenant_id
   where entry.kind = name_kind and entry.name = lower(wanted) and found.deleted_at is null
$$;

-- Claims a name for the tenant of the transaction, and gives the tenant that has it.
create function accounts.claim_tenant_name(name_kind text, wanted text) returns uuid
  language plpgsql security definer set search_path = accounts, pg_temp as $$
declare holder uuid;
begin
  insert into tenant_directory (kind, name, tenant_id) values (name_kind, lower(wanted), accounts.current_tenant())
  on conflict do nothing;
  select tenant_id into holder from tenant_directory where kind = name_kind and name = lower(wanted);
  return holder;
end $$;

revoke execute on function accounts.find_tenant_by_id, accounts.find_tenant_by_name, accounts.claim_tenant_name from public;
grant execute on function accounts.find_tenant_by_id, accounts.find_tenant_by_name, accounts.claim_tenant_name to accounts_app;
