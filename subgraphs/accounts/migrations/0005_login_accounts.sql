-- The accounts that a login may mean: that of the request's tenant, then the oldest of other tenants.
create function accounts.login_accounts(login_email text, own_tenant uuid, most integer)
  returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id, found.id from user_account found
   where lower(found.email) = lower(login_email) and found.deleted_at is null
   order by found.tenant_id = own_tenant desc, found.created_at, found.id limit most
$$;
revoke execute on function accounts.login_accounts from public;
grant execute on function accounts.login_accounts to accounts_app;
