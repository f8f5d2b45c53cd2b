-- The texts that a buyer adds to a purchase. A cart passes them on to its order.
alter table cart
  add column buyer_note text check (length(buyer_note) <= 1000),
  add column purchase_order_number text check (length(purchase_order_number) <= 100),
  -- [{"key", "value"}]
  add column attributes jsonb not null default '[]' check (jsonb_typeof(attributes) = 'array');
alter table sales_order
  add column buyer_note text check (length(buyer_note) <= 1000),
  add column purchase_order_number text check (length(purchase_order_number) <= 100),
  add column attributes jsonb not null default '[]' check (jsonb_typeof(attributes) = 'array');

-- Labels of an order, in small letters.
create table order_tag (
  tenant_id uuid not null default current_tenant(),
  order_id  uuid not null,
  tag       text not null check (length(tag) between 1 and 40),
  primary key (tenant_id, order_id, tag),
  constraint order_tag_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create index order_tag_by_tag on order_tag (tenant_id, tag, order_id);
select protect_tenant_table('order_tag');

-- Notes of staff about an order. Buyers never see them.
create table order_note (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null,
  order_id  uuid not null,
  text      text not null check (length(text) between 1 and 5000),
  primary key (tenant_id, id),
  constraint order_note_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
select stamped('order_note');
create index order_note_by_order on order_note (tenant_id, order_id, created_at, id);
select protect_tenant_table('order_note');

-- The words of a text as the search compares them: in small letters, without accents, at most 100 characters each.
create function search_words(texts text) returns setof text language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select distinct left(word, 100)
    from regexp_split_to_table(lower(regexp_replace(normalize(texts, nfkd), '[\u0300-\u036f]', '', 'g')), '\s+') word
   where word <> ''
$$;

-- The words by which an order is found. The operators of full-text and trigram indexes are not leakproof, so row-level security keeps them
-- from their indexes. Comparisons of texts are leakproof: a prefix is a range of this index in the order of bytes.
create table order_term (
  tenant_id uuid not null default current_tenant(),
  order_id  uuid not null,
  term      text collate "C" not null,
  primary key (tenant_id, order_id, term),
  constraint order_term_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create index order_term_by_term on order_term (tenant_id, term, order_id);
select protect_tenant_table('order_term');

-- The number without its prefix is a word too.
create function texts_of_order(o sales_order) returns text language sql stable set search_path = orders, pg_temp as $$
  select concat_ws(' ', o.number, substring(o.number from '[0-9]+$'), o.external_reference, o.purchase_order_number,
                   o.email, o.shipping_address ->> 'name', o.billing_address ->> 'name')
$$;

-- Triggers keep the words, so that processes of the previous version write them too.
create function index_order() returns trigger language plpgsql set search_path = orders, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    delete from order_term
     where tenant_id = new.tenant_id and order_id = new.id
       and term in (select search_words(texts_of_order(old)))
       and term not in (select search_words(texts_of_order(new)))
       and term not in (select search_words(sku) from order_line where tenant_id = new.tenant_id and order_id = new.id);
  end if;
  insert into order_term (tenant_id, order_id, term)
  select new.tenant_id, new.id, word from search_words(texts_of_order(new)) word
      on conflict do nothing;
  return null;
end $$;
create trigger index_order
  after insert or update of number, external_reference, purchase_order_number, email, shipping_address, billing_address on sales_order
  for each row execute function index_order();

create function index_order_lines() returns trigger language plpgsql set search_path = orders, pg_temp as $$
begin
  insert into order_term (tenant_id, order_id, term)
  select distinct line.tenant_id, line.order_id, word from added line, search_words(line.sku) word
      on conflict do nothing;
  return null;
end $$;
create trigger index_order_lines
  after insert on order_line referencing new table as added
  for each statement execute function index_order_lines();

create policy fills_terms on sales_order for select to orders_owner using (true);
create policy fills_terms on order_line for select to orders_owner using (true);
create policy fills_terms on order_term to orders_owner using (true) with check (true);
insert into order_term (tenant_id, order_id, term)
select o.tenant_id, o.id, word from sales_order o, search_words(texts_of_order(o)) word
 union
select line.tenant_id, line.order_id, word from order_line line, search_words(line.sku) word;
drop policy fills_terms on sales_order;
drop policy fills_terms on order_line;
drop policy fills_terms on order_term;

-- An order that staff prepare. Its lines, addresses and prices are those of its cart, so the buyer pays by the usual checkout.
create table draft_order (
  tenant_id  uuid not null default current_tenant(),
  id         uuid not null,
  cart_id    uuid not null,
  status     text not null check (status in ('DRAFT', 'PLACED', 'EXPIRED')),
  -- A draft that no order was made of until this time becomes EXPIRED.
  expires_at timestamptz not null,
  order_id   uuid check ((status = 'PLACED') = (order_id is not null)),
  primary key (tenant_id, id),
  constraint draft_order_cart unique (tenant_id, cart_id),
  constraint draft_order_cart_fk foreign key (tenant_id, cart_id) references cart (tenant_id, id)
);
select stamped('draft_order');
create index draft_order_newest on draft_order (tenant_id, created_at, id);
create index draft_order_by_status on draft_order (tenant_id, status, created_at, id);
create index draft_order_due on draft_order (expires_at) where status = 'DRAFT';
select protect_tenant_table('draft_order');

-- Null: the cart of a buyer. The buyer of a draft changes neither lines nor codes.
alter table cart add column draft_order_id uuid;
-- The price that staff agreed on with the buyer: `StaffPrice` in `staff-price.ts`. Null: the price of the catalog.
alter table cart_line add column staff_price jsonb check (jsonb_typeof(staff_price) = 'object');

create policy recovery_reads on draft_order for select to orders_owner using (true);
create function due_draft_orders(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select tenant_id, id from draft_order where status = 'DRAFT' and expires_at < now() order by expires_at limit batch
$$;
revoke execute on function due_draft_orders from public;
grant execute on function due_draft_orders to orders_app;

-- The expiry of a draft closes its cart.
create or replace function idle_carts(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select cart.tenant_id, cart.id from cart
   where cart.status = 'ACTIVE' and cart.updated_at < now() - interval '30 days' and cart.draft_order_id is null
   order by cart.updated_at limit batch
$$;
