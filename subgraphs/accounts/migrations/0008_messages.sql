-- Messages to people, in the transaction of what they tell. A worker sends them.
create table accounts.message (
  tenant_id    uuid not null default accounts.current_tenant(),
  id           uuid not null default gen_random_uuid(),
  -- The fact that the message tells, such as an entry of an order's history. A fact is told once.
  fact         text not null check (length(fact) between 1 and 200),
  template     text not null,
  -- The order or the link that the message concerns.
  reference_id uuid not null,
  -- Null when the owner of the reference knows the recipient, as orders knows the buyer.
  recipient    text check (length(recipient) between 3 and 254),
  locale       text,
  state        text not null default 'QUEUED' check (state in ('QUEUED', 'SENDING', 'SENT', 'FAILED')),
  attempts     integer not null default 0 check (attempts >= 0),
  -- QUEUED: the time of the next attempt. SENDING: the time at which the attempt counts as lost.
  due_at       timestamptz not null default now(),
  sent_at      timestamptz,
  problem      text check (length(problem) <= 500),
  primary key (tenant_id, id),
  constraint message_fact unique (tenant_id, fact)
);
select accounts.stamped('message');
select accounts.protect_tenant_table('message');
create index message_due on accounts.message (due_at) where state in ('QUEUED', 'SENDING');
create index message_newest on accounts.message (tenant_id, created_at, id);
create index message_by_state on accounts.message (tenant_id, state, created_at, id);

create policy message_looks on accounts.message for select to accounts_owner using (true);
create function accounts.due_messages(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = accounts, pg_temp as $$
  select found.tenant_id, found.id from message found
   where found.state in ('QUEUED', 'SENDING') and found.due_at <= now()
   order by found.due_at limit batch
$$;
revoke execute on function accounts.due_messages from public;
grant execute on function accounts.due_messages to accounts_app;
