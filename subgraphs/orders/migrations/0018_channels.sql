-- The sales channel in which a cart was made. Null: the shop had no channels.
alter table cart add column channel_id uuid;
-- The channel of the order's cart.
alter table sales_order add column channel_id uuid;
