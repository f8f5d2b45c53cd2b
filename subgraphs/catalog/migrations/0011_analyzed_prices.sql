-- The prices of lists and the uploaded pictures join the tables whose statistics an import refreshes: without statistics a product list reads all
-- prices of the lists.
create or replace function analyze_catalog() returns void
  language plpgsql security definer set search_path = catalog, pg_temp as $$
begin
  analyze product, product_variant, variant_price, product_price_range, product_listing, product_category, product_collection,
    product_attribute_value, product_media, product_translation, variant_stock, category, category_ancestor, price_list, price_list_price, media;
end $$;
revoke execute on function analyze_catalog() from public;
grant execute on function analyze_catalog() to catalog_app;
