alter table orders.cart_line
  -- The product's categories, the categories above them, and its collections, for the conditions of promotions.
  add column list_ids jsonb not null default '[]' check (jsonb_typeof(list_ids) = 'array');

alter table orders.cart
  -- The variants that promotions may add for free, as the catalog and inventory answered at the last change.
  add column gifts jsonb not null default '[]' check (jsonb_typeof(gifts) = 'array');
