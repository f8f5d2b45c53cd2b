-- Products whose documents a search engine outside of Postgres does not have yet. A row is written in the transaction that writes the documents of
-- Postgres, and deleted when the engine has confirmed its documents. Without such an engine the table is empty.
create table search_export (
  tenant_id  uuid not null default current_tenant(),
  id         bigint generated always as identity,
  -- The nil UUID stands for the beginning of a rebuild of the tenant.
  product_id uuid not null,
  marked_at  timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index search_export_id on search_export (id);

-- The versions of exported documents. A document read later has a higher version, so that a late request never overwrites a newer document.
create sequence search_export_version;
grant usage on sequence search_export_version to catalog_app;

do $$ begin
  perform protect_tenant_table('search_export');
end $$;

create policy exporter_reads on search_export for select to catalog_owner using (true);
create policy exporter_writes on search_export for insert to catalog_owner with check (true);

-- Tenants with products to export: ids alone leave the function.
create function due_search_exports(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select distinct search_export.tenant_id, search_export.tenant_id from search_export limit batch
$$;

-- Marks all products of all tenants that Postgres finds, for a new index. Products that Postgres does not find yet are marked when it does. Returns
-- the last mark: the index is complete when no earlier one is left. Returns no row while another process does the same.
create function search_export_all() returns table (last bigint)
  language plpgsql security definer set search_path = catalog, pg_temp as $$
begin
  if pg_try_advisory_xact_lock(hashtextextended('search_export_all', 0)) then
    insert into search_export (tenant_id, product_id) select distinct d.tenant_id, d.product_id from search_document d;
    return query select coalesce(max(search_export.id), 0) from search_export;
  end if;
end $$;

-- Whether a mark is left that is not later than the given one.
create function search_export_waits(until bigint) returns table (waits boolean)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select exists (select from search_export where search_export.id <= until)
$$;

-- The changes of all tenants that searches do not find yet, and the seconds since the oldest of them.
create function search_backlog() returns table (changes bigint, lag_seconds double precision)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select count(*), coalesce(extract(epoch from clock_timestamp() - min(marked_at)), 0)::double precision
    from (select marked_at from search_pending union all select marked_at from search_export) waiting
$$;

revoke execute on function due_search_exports, search_export_all, search_export_waits, search_backlog from public;
grant execute on function due_search_exports, search_export_all, search_export_waits, search_backlog to catalog_app;
