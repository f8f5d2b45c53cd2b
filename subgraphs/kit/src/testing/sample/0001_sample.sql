-- A small schema for the tests of the kit itself: shelves, and boxes that stand on them.
create table shelf (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null,
  name      text not null,
  priority  integer not null default 0,
  primary key (tenant_id, id)
);
select stamped('shelf');

create table box (
  tenant_id uuid not null default current_tenant(),
  id        uuid not null,
  shelf_id  uuid not null,
  label     text not null,
  kind      text not null check (kind in ('SMALL', 'LARGE')),
  weight    numeric(20, 6) not null,
  content   bigint not null default 0 check (content >= 0),
  is_empty  boolean not null generated always as (content = 0) stored,
  packed_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  -- The tenant is part of the reference: foreign-key checks bypass row-level security.
  constraint box_shelf_fk foreign key (tenant_id, shelf_id) references shelf (tenant_id, id)
);
create index box_packed_at on box (tenant_id, packed_at, id);

select protect_tenant_table(name) from unnest(array['shelf', 'box']) as name;

create policy sweeper_reads on box for select to sample_owner using (true);
create function empty_boxes(max integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = sample, pg_temp as $$
  select tenant_id, id from box where is_empty order by packed_at limit max
$$;
