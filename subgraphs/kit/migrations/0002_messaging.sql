-- Outbox: written in the transaction of the change, published by the relay.
create table :schema.outbox_event (
  tenant_id      uuid not null default :schema.current_tenant(),
  id             uuid not null default gen_random_uuid(),
  position       bigint generated always as identity,
  aggregate_id   uuid not null,
  subject        text not null,
  version        integer not null,
  payload        jsonb not null,
  user_id        uuid,
  correlation_id text,
  occurred_at    timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);
create index outbox_event_position on :schema.outbox_event (position);

create function :schema.wake_relay() returns trigger language plpgsql as $$
begin
  perform pg_notify(':schema_outbox', '');
  return null;
end $$;
create trigger wake_relay after insert on :schema.outbox_event
  for each statement execute function :schema.wake_relay();

-- Inbox: one row per event that was handled, inserted in the transaction of the handler's effect.
create table :schema.inbox_event (
  tenant_id  uuid not null default :schema.current_tenant(),
  consumer   text not null,
  event_id   uuid not null,
  handled_at timestamptz not null default now(),
  primary key (tenant_id, consumer, event_id)
);
create index inbox_event_handled_at on :schema.inbox_event (handled_at);

-- Dead letters: events that a consumer gave up on, whole, so that they can be looked at and handled again.
create table :schema.dead_letter_event (
  tenant_id uuid not null default :schema.current_tenant(),
  consumer  text not null,
  event_id  uuid not null,
  envelope  jsonb not null,
  error     text not null,
  parked_at timestamptz not null default now(),
  primary key (tenant_id, consumer, event_id)
);

-- Idempotency: the stored result of a mutation, kept 24 hours. `result` is json, not jsonb: jsonb refuses \u0000 and
-- reorders members, and nothing ever looks inside.
create table :schema.idempotency_record (
  tenant_id   uuid not null default :schema.current_tenant(),
  key         text not null,
  fingerprint text not null,
  result      json,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, key)
);
create index idempotency_record_created_at on :schema.idempotency_record (created_at);

do $$ declare tbl text; begin
  foreach tbl in array array['outbox_event', 'inbox_event', 'dead_letter_event', 'idempotency_record'] loop
    perform :schema.protect_tenant_table(tbl);
  end loop;
end $$;

-- The relay publishes for every tenant, from this table alone.
grant select, delete on :schema.outbox_event to :schema_relay;
create policy relay_reads_all_tenants on :schema.outbox_event for select to :schema_relay using (true);
create policy relay_deletes_published on :schema.outbox_event for delete to :schema_relay using (true);

-- The clean-up forgets for every tenant, and can do nothing but forget.
create policy cleanup_reads on :schema.idempotency_record for select to :schema_owner using (true);
create policy cleanup_deletes on :schema.idempotency_record for delete to :schema_owner using (true);
create policy cleanup_reads on :schema.inbox_event for select to :schema_owner using (true);
create policy cleanup_deletes on :schema.inbox_event for delete to :schema_owner using (true);

create function :schema.delete_expired_idempotency_records(batch integer) returns bigint
  language sql security definer set search_path = :schema, pg_temp as $$
  with gone as (
    delete from idempotency_record where ctid = any (array(
      select ctid from idempotency_record where created_at < now() - interval '24 hours' order by created_at limit batch))
      -- Once more: the key may have been claimed anew meanwhile.
      and created_at < now() - interval '24 hours'
    returning 1)
  select count(*) from gone
$$;

-- 30 days: longer than any bus keeps an event that it may deliver again.
create function :schema.delete_old_inbox_events(batch integer) returns bigint
  language sql security definer set search_path = :schema, pg_temp as $$
  with gone as (
    delete from inbox_event where ctid = any (array(
      select ctid from inbox_event where handled_at < now() - interval '30 days' order by handled_at limit batch))
    returning 1)
  select count(*) from gone
$$;

revoke execute on function :schema.delete_expired_idempotency_records, :schema.delete_old_inbox_events from public;
grant execute on function :schema.delete_expired_idempotency_records, :schema.delete_old_inbox_events to :schema_app;
