-- Events stay in Postgres for some minutes after they were published: a stream that is lost may hold events that no consumer has read yet.
-- `keep_for` is null where events are not stored outside of Postgres (in one process), and then nothing is kept. The migration sets it.
create table :schema.published_retention (
  id       smallint primary key default 1 check (id = 1),
  keep_for interval
);
insert into :schema.published_retention default values;
revoke all on :schema.published_retention from :schema_app;

-- Unlogged: a copy costs no write to the log of Postgres. A crash of Postgres empties the table, which matters only if a stream is lost
-- within the same minutes. Only the functions below reach the rows of this table.
create unlogged table :schema.published_event (
  tenant_id      uuid not null,
  id             uuid not null,
  position       bigint not null,
  aggregate_id   uuid not null,
  subject        text not null,
  version        integer not null,
  payload        jsonb not null,
  user_id        uuid,
  correlation_id text,
  occurred_at    timestamptz not null,
  trace          jsonb,
  published_at   timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);
create index published_event_published_at on :schema.published_event (published_at);
revoke all on :schema.published_event from :schema_app;

create function :schema.keep_published() returns trigger
  language plpgsql security definer set search_path = :schema, pg_temp as $$
begin
  insert into published_event (tenant_id, id, position, aggregate_id, subject, version, payload, user_id, correlation_id, occurred_at, trace)
  select gone.tenant_id, gone.id, gone.position, gone.aggregate_id, gone.subject, gone.version, gone.payload, gone.user_id,
         gone.correlation_id, gone.occurred_at, gone.trace
    from gone, published_retention
   where keep_for > interval '0' and gone.parked_at is null
  on conflict do nothing;
  return null;
end $$;
-- The relay deletes the events that it has published.
create trigger keep_published after delete on :schema.outbox_event
  referencing old table as gone for each statement execute function :schema.keep_published();

create function :schema.delete_old_published_events(batch integer) returns bigint
  language sql security definer set search_path = :schema, pg_temp as $$
  with gone as (
    delete from published_event where ctid = any (array(
      select ctid from published_event
       where published_at < now() - (select coalesce(keep_for, interval '0') from published_retention)
       order by published_at limit batch))
    returning 1)
  select count(*) from gone
$$;

-- Returns published events to the outbox, before a lost stream is created again. The lock on the turn of the relays waits for a relay that
-- has read newer events: the next relay reads the returned events first, by their positions.
create function :schema.publish_again(batch integer) returns bigint
  language plpgsql security definer set search_path = :schema, pg_temp as $$
declare
  returned bigint;
begin
  perform from relay_turn for update;
  with gone as (
    delete from published_event where ctid = any (array(select ctid from published_event order by published_at limit batch))
    returning *)
  insert into outbox_event (tenant_id, id, position, aggregate_id, subject, version, payload, user_id, correlation_id, occurred_at, trace)
  overriding system value
  select tenant_id, id, position, aggregate_id, subject, version, payload, user_id, correlation_id, occurred_at, trace from gone;
  get diagnostics returned = row_count;
  return returned;
end $$;
create policy publish_again_returns on :schema.outbox_event for insert to :schema_owner with check (true);

revoke execute on function :schema.keep_published, :schema.delete_old_published_events, :schema.publish_again from public;
grant execute on function :schema.delete_old_published_events to :schema_app;
