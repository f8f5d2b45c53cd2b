-- Where a shop sells: its web shop, its wholesale, a marketplace.
create table channel (
  tenant_id  uuid not null default current_tenant(),
  id         uuid not null default gen_random_uuid(),
  -- Sent by clients as `X-Channel`.
  code       text not null check (code ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' and char_length(code) <= 100),
  name       text not null check (char_length(name) between 1 and 255),
  active     boolean not null default true,
  -- The channel of requests without `X-Channel`. Exactly one channel of a shop that has channels.
  is_default boolean not null default false,
  primary key (tenant_id, id),
  constraint channel_default_active check (active or not is_default)
);
select stamped('channel');
select protect_tenant_table('channel');
create unique index channel_code_unique on channel (tenant_id, code) where deleted_at is null;
create unique index channel_default_unique on channel (tenant_id) where is_default and deleted_at is null;
