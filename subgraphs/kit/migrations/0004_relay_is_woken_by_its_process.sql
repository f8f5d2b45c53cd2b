-- Relays are woken by the commits of their own process. NOTIFY made all transactions with events, of all subgraphs in the database,
-- commit one after the other. The trigger stays for a release, and does nothing: a process of the version before finds its events
-- when it looks, within half a second.
create or replace function :schema.wake_relay() returns trigger language plpgsql as $$
begin
  return null;
end $$;
