-- A discount on carts. Without a code the promotion applies to every cart that meets its conditions.
create table promotion (
  tenant_id             uuid not null default current_tenant(),
  id                    uuid not null,
  name                  text not null check (length(name) between 1 and 255),
  -- In capitals, see `discount-code.ts`.
  code                  text check (length(code) between 1 and 50),
  active                boolean not null default true,
  starts_at             timestamptz,
  ends_at               timestamptz check (ends_at > starts_at),
  priority              integer not null default 0,
  combinable            boolean not null default true,
  conditions            jsonb not null check (jsonb_typeof(conditions) = 'object'),
  action                jsonb not null check (jsonb_typeof(action) = 'object'),
  usage_limit           integer check (usage_limit > 0),
  usage_limit_per_buyer integer check (usage_limit_per_buyer > 0),
  primary key (tenant_id, id),
  constraint promotion_code_taken unique (tenant_id, code)
);
select stamped('promotion');
select protect_tenant_table('promotion');
create index promotion_priority on promotion (tenant_id, priority, id);
create index promotion_automatic on promotion (tenant_id, priority, id) where code is null and active;

-- The number of uses of a promotion with a limit. Apart from `promotion`, so that a use does not raise the promotion's version.
create table promotion_usage (
  tenant_id    uuid not null default current_tenant(),
  promotion_id uuid not null,
  uses         integer not null check (uses >= 0),
  primary key (tenant_id, promotion_id),
  constraint promotion_usage_promotion_fk foreign key (tenant_id, promotion_id)
    references promotion (tenant_id, id) on delete cascade
);
select protect_tenant_table('promotion_usage');

-- One row for each promotion that an order uses. The id of the order is chosen before the order exists, so no foreign key.
create table promotion_use (
  tenant_id    uuid not null default current_tenant(),
  promotion_id uuid not null,
  order_id     uuid not null,
  -- A digest of the e-mail address.
  buyer_key    text not null,
  primary key (tenant_id, promotion_id, order_id),
  constraint promotion_use_promotion_fk foreign key (tenant_id, promotion_id)
    references promotion (tenant_id, id) on delete cascade
);
select protect_tenant_table('promotion_use');
create index promotion_use_buyer on promotion_use (tenant_id, promotion_id, buyer_key);
create index promotion_use_order on promotion_use (tenant_id, order_id);

alter table cart
  add column discount_codes jsonb not null default '[]' check (jsonb_typeof(discount_codes) = 'array'),
  -- What promotions save, shipping included, as the buyer saw it at the last change.
  add column savings_minor bigint not null default 0 check (savings_minor >= 0);

alter table sales_order
  add column discounts jsonb not null default '[]' check (jsonb_typeof(discounts) = 'array');
