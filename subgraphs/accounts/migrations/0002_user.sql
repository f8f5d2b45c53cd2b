create table accounts.user_account (
  tenant_id     uuid not null default accounts.current_tenant(),
  id            uuid not null,
  email         text not null check (length(email) between 3 and 254),
  -- argon2id, with its parameters and salt.
  password_hash text not null check (password_hash like '$argon2id$%'),
  role          text not null check (role in ('OWNER', 'STAFF', 'SHOPPER')),
  primary key (tenant_id, id),
  constraint user_account_tenant_fk foreign key (tenant_id, tenant_id) references accounts.tenant (tenant_id, id)
);
select accounts.stamped('user_account');
select accounts.protect_tenant_table('user_account');
create unique index user_account_email on accounts.user_account (tenant_id, lower(email));
-- For a login that names no tenant.
create index user_account_login on accounts.user_account (lower(email));

create policy login_looks on accounts.user_account for select to accounts_owner using (true);
create function accounts.login_candidates(login_email text) returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id, found.id from user_account found
   where lower(found.email) = lower(login_email) and found.deleted_at is null
   order by found.created_at limit 10
$$;
revoke execute on function accounts.login_candidates from public;
grant execute on function accounts.login_candidates to accounts_app;

-- One login and all refresh tokens that came of it: the family that a stolen token betrays.
create table accounts.user_session (
  tenant_id  uuid not null default accounts.current_tenant(),
  id         uuid not null,
  user_id    uuid not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (tenant_id, id),
  constraint user_session_user_fk foreign key (tenant_id, user_id) references accounts.user_account (tenant_id, id)
);
create index user_session_by_user on accounts.user_session (tenant_id, user_id);
select accounts.protect_tenant_table('user_session');

create table accounts.refresh_token (
  tenant_id  uuid not null default accounts.current_tenant(),
  -- SHA-256 of the token, base64url: what is stolen here opens nothing.
  token_hash text not null,
  session_id uuid not null,
  issued_at  timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (tenant_id, token_hash),
  constraint refresh_token_session_fk foreign key (tenant_id, session_id) references accounts.user_session (tenant_id, id)
);
create index refresh_token_by_session on accounts.refresh_token (tenant_id, session_id);
create index refresh_token_lookup on accounts.refresh_token (token_hash);
select accounts.protect_tenant_table('refresh_token');

create policy refresh_looks on accounts.refresh_token for select to accounts_owner using (true);
create function accounts.refresh_token_tenant(wanted_hash text) returns table (tenant_id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id from refresh_token found where found.token_hash = wanted_hash
$$;
revoke execute on function accounts.refresh_token_tenant from public;
grant execute on function accounts.refresh_token_tenant to accounts_app;
