-- The relay that holds this row publishes. An advisory lock could be taken by every role of the database, and so stop the relays of
-- every subgraph; this row can be locked by the relay alone.
create table :schema.relay_turn (
  id smallint primary key default 1 check (id = 1)
);
insert into :schema.relay_turn default values;
revoke all on :schema.relay_turn from :schema_app;
-- Locking a row takes the right to update a column of it.
grant select, update on :schema.relay_turn to :schema_relay;

-- An event that the bus can never take is parked where it is, so that the events after it leave. The time is null for an event that
-- waits to be published; an operator sets it to null again to have the event published.
alter table :schema.outbox_event add column parked_at timestamptz, add column park_reason text;
grant update (parked_at, park_reason) on :schema.outbox_event to :schema_relay;
create policy relay_parks_unpublishable on :schema.outbox_event for update to :schema_relay using (true);
