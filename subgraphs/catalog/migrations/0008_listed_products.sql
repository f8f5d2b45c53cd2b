-- Whether any price list has a price for a variant of the product. Derived from price_list_price: reads of other products skip the price lists.
alter table product add column has_listed_prices boolean not null default false;

create policy listed_products_are_marked on product to current_user using (true);
create policy listed_products_are_marked on product_variant for select to current_user using (true);
create policy listed_products_are_marked on price_list_price for select to current_user using (true);
update product set has_listed_prices = true
  from (select distinct v.tenant_id, v.product_id
          from price_list_price entry
          join product_variant v on v.tenant_id = entry.tenant_id and v.id = entry.variant_id) listed
 where product.tenant_id = listed.tenant_id and product.id = listed.product_id;
drop policy listed_products_are_marked on product;
drop policy listed_products_are_marked on product_variant;
drop policy listed_products_are_marked on price_list_price;

-- Locks the products before a new statement reads the prices: two transactions that add and remove prices of one product take turns, and the
-- second one sees the prices of the first.
create function mark_listed_products() returns trigger
  language plpgsql set search_path = catalog, pg_temp as $$
declare
  ids uuid[] := array(select distinct v.product_id
                        from changed
                        join product_variant v on v.tenant_id = changed.tenant_id and v.id = changed.variant_id);
begin
  perform from product where tenant_id = current_tenant() and id = any(ids) order by id for no key update;
  update product set has_listed_prices = fresh.has_listed_prices
    from (
      select wanted.id, coalesce((
               select true from product_variant v
                cross join lateral (select from price_list_price entry
                                     where entry.tenant_id = v.tenant_id and entry.variant_id = v.id limit 1) listed
                where v.tenant_id = current_tenant() and v.product_id = wanted.id limit 1), false) as has_listed_prices
        from unnest(ids) as wanted (id)) fresh
   where product.tenant_id = current_tenant() and product.id = fresh.id and product.has_listed_prices <> fresh.has_listed_prices;
  return null;
end $$;
create trigger mark_listed_products after insert on price_list_price
  referencing new table as changed for each statement execute function mark_listed_products();
create trigger mark_unlisted_products after delete on price_list_price
  referencing old table as changed for each statement execute function mark_listed_products();
