-- Whether the prices of a list include the tax. Null: as the shop's prices do. A list keeps its value.
alter table price_list add column prices_include_tax boolean;
-- A copy of the list's value.
alter table price_list_price add column includes_tax boolean;
