-- Shops that sign up: the defaults that their owner chose, and the proof of the owner's e-mail address.
alter table accounts.tenant
  add column default_currency text check (default_currency ~ '^[A-Z]{3}$'),
  add column default_locale text check (length(default_locale) between 2 and 35),
  add column country_code text check (country_code ~ '^[A-Z]{2}$');

-- A user whose e-mail address is not proven yet. The row is deleted with the proof.
create table accounts.email_confirmation (
  tenant_id  uuid not null default accounts.current_tenant(),
  user_id    uuid not null,
  -- SHA-256 of the token in the latest mail, base64url. Null before the first mail.
  token_hash text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  constraint email_confirmation_user_fk foreign key (tenant_id, user_id) references accounts.user_account (tenant_id, id)
);
select accounts.protect_tenant_table('email_confirmation');
create index email_confirmation_token on accounts.email_confirmation (token_hash) where token_hash is not null;

create policy confirmation_looks on accounts.email_confirmation for select to accounts_owner using (true);
create function accounts.confirmation_tenant(wanted_hash text) returns table (tenant_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id from email_confirmation found where found.token_hash = wanted_hash
$$;

-- Anyone can sign up with the e-mail address of another person. An account with an unproven address therefore counts only for a login that
-- names its shop. Otherwise such accounts could fill the number of accounts that a login checks.
create or replace function accounts.open_login_accounts(login_email text, own_tenant uuid, most integer, at_time timestamptz)
  returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id, found.id from user_account found
   where lower(found.email) = lower(login_email) and found.deleted_at is null and found.disabled_at is null
     and (found.tenant_id = own_tenant
          or not exists (select from email_confirmation open where open.tenant_id = found.tenant_id and open.user_id = found.id))
     and not exists (select from login_lock held where held.tenant_id = found.tenant_id and held.user_id = found.id
                        and held.locked_until > at_time)
   order by found.tenant_id = own_tenant desc, found.created_at, found.id limit most
$$;

-- The names of a list that no tenant has, in the order of the list. A closed shop keeps its names.
create function accounts.free_tenant_names(name_kind text, wanted text[]) returns table (name text)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select each.name from unnest(wanted) with ordinality each (name, place)
   where not exists (select from tenant_directory entry where entry.kind = name_kind and entry.name = lower(each.name))
   order by each.place
$$;

revoke execute on function accounts.confirmation_tenant, accounts.free_tenant_names from public;
grant execute on function accounts.confirmation_tenant, accounts.free_tenant_names to accounts_app;
