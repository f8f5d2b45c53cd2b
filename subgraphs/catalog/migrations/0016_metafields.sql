-- Values of the shop and of programs for which a product has no field.
create table product_metafield (
  tenant_id  uuid not null default current_tenant(),
  product_id uuid not null,
  -- The API key that owns an APP metafield. The nil UUID: the shop owns the metafield.
  owner_id   uuid not null,
  namespace  text not null check (char_length(namespace) between 1 and 50),
  key        text not null check (char_length(key) between 1 and 50),
  visibility text not null check (visibility in ('PUBLIC', 'STAFF', 'APP')),
  type       text not null check (type in ('TEXT', 'JSON')),
  value      text not null check (char_length(value) <= 10000),
  primary key (tenant_id, product_id, owner_id, namespace, key),
  constraint product_metafield_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id),
  constraint product_metafield_owner check ((visibility = 'APP') = (owner_id <> '00000000-0000-0000-0000-000000000000'))
);
select protect_tenant_table('product_metafield');
