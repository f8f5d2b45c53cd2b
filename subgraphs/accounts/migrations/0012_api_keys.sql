-- Keys of programs. The table has the hashes of the keys only.
create table accounts.api_key (
  tenant_id           uuid not null default accounts.current_tenant(),
  id                  uuid not null,
  name                text not null check (length(name) between 1 and 255),
  -- SHA-256 of the key, base64url. A fast hash is enough, because a key has 256 random bits.
  secret_hash         text not null check (length(secret_hash) = 43),
  -- The last characters of the key, by which people recognize it.
  hint                text not null check (length(hint) = 4),
  scopes              text[] not null,
  -- Addresses and networks (CIDR). Empty: the key works from everywhere.
  allowed_addresses   text[] not null,
  expires_at          timestamptz not null,
  -- The key before the latest rotation. The key works until `previous_expires_at`.
  previous_hash       text check (length(previous_hash) = 43),
  previous_expires_at timestamptz,
  revoked_at          timestamptz,
  primary key (tenant_id, id),
  constraint api_key_previous check ((previous_hash is null) = (previous_expires_at is null))
);
select accounts.stamped('api_key');
select accounts.protect_tenant_table('api_key');
create index api_key_secret on accounts.api_key (secret_hash);
create index api_key_previous_secret on accounts.api_key (previous_hash) where previous_hash is not null;
create index api_key_newest on accounts.api_key (tenant_id, created_at, id) where revoked_at is null;
create index api_key_ended on accounts.api_key (revoked_at, id) where revoked_at is not null;

create policy api_key_looks on accounts.api_key for select to accounts_owner using (true);

-- The latest use of a key, in a table of its own: a use is no change of the key, and must not increase its version.
create table accounts.api_key_use (
  tenant_id    uuid not null default accounts.current_tenant(),
  api_key_id   uuid not null,
  last_used_at timestamptz not null,
  primary key (tenant_id, api_key_id),
  constraint api_key_use_key_fk foreign key (tenant_id, api_key_id) references accounts.api_key (tenant_id, id)
);
select accounts.protect_tenant_table('api_key_use');
create policy api_key_uses on accounts.api_key_use to accounts_owner using (true) with check (true);

-- The rights of a key by its hash. Records the use at most once a minute.
create function accounts.use_api_key(wanted_hash text, at_time timestamptz)
  returns table (id uuid, tenant_id uuid, scopes text[], allowed_addresses text[], expires_at timestamptz)
  language sql volatile security definer set search_path = accounts, pg_temp as $$
  with found as (
    select k.tenant_id, k.id, k.scopes, k.allowed_addresses, k.expires_at
      from api_key k where k.secret_hash = wanted_hash and k.revoked_at is null and k.expires_at > at_time
    union all
    select k.tenant_id, k.id, k.scopes, k.allowed_addresses, least(k.expires_at, k.previous_expires_at)
      from api_key k where k.previous_hash = wanted_hash and k.revoked_at is null and k.previous_expires_at > at_time
  ), used as (
    insert into api_key_use as known (tenant_id, api_key_id, last_used_at)
    select found.tenant_id, found.id, at_time from found
    on conflict (tenant_id, api_key_id) do update set last_used_at = excluded.last_used_at
     where known.last_used_at <= excluded.last_used_at - interval '1 minute'
  )
  select found.id, found.tenant_id, found.scopes, found.allowed_addresses, found.expires_at from found limit 1
$$;
revoke execute on function accounts.use_api_key from public;
grant execute on function accounts.use_api_key to accounts_app;

-- A revoked key ends as a session ends: gateways that start, or that may have missed events, read both.
create or replace function accounts.ended_sessions(after_time timestamptz, after_id uuid, most integer)
  returns table (id uuid, revoked_at timestamptz)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select ended.id, ended.revoked_at from (
    (select s.id, s.revoked_at from user_session s
      where s.revoked_at is not null and (s.revoked_at, s.id) > (after_time, after_id)
      order by s.revoked_at, s.id limit most)
    union all
    (select k.id, k.revoked_at from api_key k
      where k.revoked_at is not null and (k.revoked_at, k.id) > (after_time, after_id)
      order by k.revoked_at, k.id limit most)
  ) ended
  order by ended.revoked_at, ended.id limit most
$$;
