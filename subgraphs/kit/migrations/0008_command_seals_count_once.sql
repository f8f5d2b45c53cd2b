-- The seals of the commands that any process of this subgraph has accepted: a captured command must not run in a second process. Unlogged:
-- a row is needed for minutes, and a commit that writes only unlogged rows waits for no disk. After a crash of the database the table is
-- empty, and a seal may count once more within its 60 seconds.
create unlogged table :schema.used_command_seal (
  id         uuid primary key,
  expires_at timestamptz not null
);
create index used_command_seal_expires_at on :schema.used_command_seal (expires_at);
revoke all on :schema.used_command_seal from :schema_app;

-- Whether this seal is new. The application role can record seals and cannot forget any that may still count.
create function :schema.claim_command_seal(seal uuid, expiry timestamptz) returns boolean
  language sql security definer set search_path = :schema, pg_temp as $$
  with claimed as (insert into used_command_seal (id, expires_at) values (seal, expiry) on conflict do nothing returning 1)
  select exists (select from claimed)
$$;

-- Five minutes more than the seal states: far more than the clocks of processes and database may differ.
create function :schema.delete_expired_command_seals(batch integer) returns bigint
  language sql security definer set search_path = :schema, pg_temp as $$
  with gone as (
    delete from used_command_seal where ctid = any (array(
      select ctid from used_command_seal where expires_at < now() - interval '5 minutes' order by expires_at limit batch))
    returning 1)
  select count(*) from gone
$$;

revoke execute on function :schema.claim_command_seal, :schema.delete_expired_command_seals from public;
grant execute on function :schema.claim_command_seal, :schema.delete_expired_command_seals to :schema_app;
