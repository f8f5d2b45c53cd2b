-- Whether the unit price includes the tax. Null: as the shop's prices do.
alter table cart_line add column includes_tax boolean;
