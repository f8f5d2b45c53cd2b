-- Ids of channels in which the prices apply. Empty: every channel.
alter table price_list add column channel_ids jsonb not null default '[]' check (jsonb_typeof(channel_ids) = 'array');
