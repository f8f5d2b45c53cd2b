-- SKUs that people cannot tell apart are the same: `LAMP-1` and `lamp-1`, a full-width `Ａ` and an `A`.
create function compared_sku(sku text) returns text
  language sql immutable parallel safe
  return lower(normalize(sku, NFKC));

-- The SKUs of all variants that are not deleted, in the form in which they are compared. A table of its own: variants that were stored
-- before may be equal by this rule. Of those, one is here; the others stay as they are until their SKU is changed.
create table variant_sku (
  tenant_id  uuid not null default current_tenant(),
  compared   text not null,
  variant_id uuid not null,
  constraint variant_sku_unique primary key (tenant_id, compared),
  constraint variant_sku_of_variant unique (tenant_id, variant_id),
  constraint variant_sku_variant_fk foreign key (tenant_id, variant_id) references product_variant (tenant_id, id)
);

create policy compared_skus_are_filled on product_variant for select to current_user using (true);
insert into variant_sku (tenant_id, compared, variant_id)
select tenant_id, compared_sku(sku), id from product_variant where deleted_at is null order by created_at, id
on conflict do nothing;
drop policy compared_skus_are_filled on product_variant;

do $$ begin perform protect_tenant_table('variant_sku'); end $$;

create function record_new_skus() returns trigger language plpgsql as $$
begin
  insert into variant_sku (tenant_id, compared, variant_id)
  select tenant_id, compared_sku(sku), id from added where deleted_at is null;
  return null;
end $$;
-- Once for each statement: an import inserts thousands of variants at a time.
create trigger record_new_skus after insert on product_variant
  referencing new table as added for each statement execute function record_new_skus();

create function record_changed_sku() returns trigger language plpgsql as $$
begin
  delete from variant_sku where tenant_id = new.tenant_id and variant_id = new.id;
  if new.deleted_at is null then
    insert into variant_sku (tenant_id, compared, variant_id) values (new.tenant_id, compared_sku(new.sku), new.id);
  end if;
  return null;
end $$;
create trigger record_changed_sku after update of sku, deleted_at on product_variant for each row
  when (old.sku is distinct from new.sku or old.deleted_at is distinct from new.deleted_at)
  execute function record_changed_sku();
