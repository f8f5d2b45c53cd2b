-- A customer's list of variants to buy later.
create table wishlist (
  tenant_id   uuid not null default current_tenant(),
  id          uuid not null,
  -- A customer of the subgraph accounts.
  customer_id uuid not null,
  name        text not null check (char_length(name) between 1 and 100),
  -- The list to which items without a list go.
  is_default  boolean not null,
  primary key (tenant_id, id)
);
select stamped('wishlist');
create index wishlist_by_customer on wishlist (tenant_id, customer_id, created_at, id);
create unique index wishlist_one_default on wishlist (tenant_id, customer_id) where is_default;

create table wishlist_item (
  tenant_id   uuid not null default current_tenant(),
  id          uuid not null,
  wishlist_id uuid not null,
  -- A variant of the subgraph catalog. The variant may be gone by now.
  variant_id  uuid not null,
  added_at    timestamptz not null,
  primary key (tenant_id, id),
  constraint wishlist_item_once unique (tenant_id, wishlist_id, variant_id),
  constraint wishlist_item_wishlist_fk foreign key (tenant_id, wishlist_id) references wishlist (tenant_id, id) on delete cascade
);
create index wishlist_item_newest on wishlist_item (tenant_id, wishlist_id, added_at, id);

select protect_tenant_table('wishlist');
select protect_tenant_table('wishlist_item');
