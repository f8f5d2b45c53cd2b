-- A gateway that starts reads which sessions have ended lately, of all tenants: their access tokens count no more.
create index user_session_ended on accounts.user_session (revoked_at, id) where revoked_at is not null;

create policy session_looks on accounts.user_session for select to accounts_owner using (true);
create function accounts.ended_sessions(after_time timestamptz, after_id uuid, most integer)
  returns table (id uuid, revoked_at timestamptz)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select ended.id, ended.revoked_at from user_session ended
   where ended.revoked_at is not null and (ended.revoked_at, ended.id) > (after_time, after_id)
   order by ended.revoked_at, ended.id limit most
$$;
revoke execute on function accounts.ended_sessions from public;
grant execute on function accounts.ended_sessions to accounts_app;
