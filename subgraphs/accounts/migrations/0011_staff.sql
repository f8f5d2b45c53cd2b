-- Staff of a shop: names, disabled accounts, invitations, locks after failed logins, and facts about sessions.
alter table accounts.user_account
  add column name text not null default '' check (length(name) <= 255),
  add column disabled_at timestamptz;

create index user_account_staff on accounts.user_account (tenant_id, created_at, id)
  where role <> 'SHOPPER' and deleted_at is null;

-- Null in sessions of earlier releases.
alter table accounts.user_session
  add column last_used_at timestamptz,
  add column client_address text check (length(client_address) <= 64);

create table accounts.user_invitation (
  tenant_id   uuid not null default accounts.current_tenant(),
  id          uuid not null,
  email       text not null check (length(email) between 3 and 254),
  role        text not null check (role in ('OWNER', 'STAFF')),
  -- SHA-256 of the token in the latest mail, base64url. Null before the first mail.
  token_hash  text,
  expires_at  timestamptz not null,
  accepted_at timestamptz,
  -- Every sending is a fact of its own, with its own message.
  sendings    integer not null default 1,
  primary key (tenant_id, id)
);
select accounts.stamped('user_invitation');
select accounts.protect_tenant_table('user_invitation');
create unique index user_invitation_email on accounts.user_invitation (tenant_id, lower(email))
  where accepted_at is null and deleted_at is null;
create index user_invitation_open on accounts.user_invitation (tenant_id, created_at, id)
  where accepted_at is null and deleted_at is null;
create index user_invitation_token on accounts.user_invitation (token_hash) where token_hash is not null;

create policy invitation_looks on accounts.user_invitation for select to accounts_owner using (true);
create function accounts.invitation_tenant(wanted_hash text) returns table (tenant_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id from user_invitation found
   where found.token_hash = wanted_hash and found.accepted_at is null and found.deleted_at is null
$$;
revoke execute on function accounts.invitation_tenant from public;
grant execute on function accounts.invitation_tenant to accounts_app;

-- Failed logins in a row of one account, from all addresses.
create table accounts.login_lock (
  tenant_id    uuid not null default accounts.current_tenant(),
  user_id      uuid not null,
  failures     integer not null check (failures > 0),
  locked_until timestamptz,
  primary key (tenant_id, user_id),
  constraint login_lock_user_fk foreign key (tenant_id, user_id) references accounts.user_account (tenant_id, id)
);
select accounts.protect_tenant_table('login_lock');
create policy login_lock_counts on accounts.login_lock to accounts_owner using (true) with check (true);

-- Processes of earlier releases call this function: a disabled account must not log in through them.
create or replace function accounts.login_accounts(login_email text, own_tenant uuid, most integer)
  returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id, found.id from user_account found
   where lower(found.email) = lower(login_email) and found.deleted_at is null and found.disabled_at is null
   order by found.tenant_id = own_tenant desc, found.created_at, found.id limit most
$$;

-- The accounts that a login may mean: enabled, and not locked at the time of the login.
create function accounts.open_login_accounts(login_email text, own_tenant uuid, most integer, at_time timestamptz)
  returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id, found.id from user_account found
   where lower(found.email) = lower(login_email) and found.deleted_at is null and found.disabled_at is null
     and not exists (select from login_lock held where held.tenant_id = found.tenant_id and held.user_id = found.id
                        and held.locked_until > at_time)
   order by found.tenant_id = own_tenant desc, found.created_at, found.id limit most
$$;

-- Counts a failed login on the accounts that it tried. From `lock_after` failures in a row on, an account is locked: for `first_pause`,
-- twice as long after each further failure, and at most for `longest_pause`.
create function accounts.count_failed_login(
  login_email text, own_tenant uuid, most integer, at_time timestamptz,
  lock_after integer, first_pause interval, longest_pause interval) returns table (counted integer)
  language sql volatile security definer set search_path = accounts, pg_temp as $$
  with tried as (
    select * from open_login_accounts(login_email, own_tenant, most, at_time)
  ), written as (
    insert into login_lock as held (tenant_id, user_id, failures)
    select tried.tenant_id, tried.user_id, 1 from tried order by tried.tenant_id, tried.user_id
    on conflict (tenant_id, user_id) do update
       set failures = held.failures + 1,
           locked_until = case when held.failures + 1 >= lock_after
             then at_time + least(longest_pause, first_pause * power(2, least(held.failures + 1 - lock_after, 20))) end
    returning 1
  )
  select count(*)::integer from written
$$;
revoke execute on function accounts.open_login_accounts, accounts.count_failed_login from public;
grant execute on function accounts.open_login_accounts, accounts.count_failed_login to accounts_app;
