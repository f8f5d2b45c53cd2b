-- What every schema stands on. `:schema` is replaced by the name of the subgraph; the tests run it for each of them.

-- The tenant of the current transaction. It throws when none is set: a query that forgot its tenant must fail
-- loudly, not answer "no rows". (After a transaction-local setting ends, the value is '' and not null.)
create function :schema.current_tenant() returns uuid
  language sql stable parallel safe
  return current_setting('app.tenant_id')::uuid;

-- The user of the current transaction; null for a shopper without an account, the platform itself and a migration.
create function :schema.current_actor() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '')::uuid;

-- Binds a table to the tenant of the transaction. For the application role alone: the owner sees no row at all, so a
-- SECURITY DEFINER function that sweeps across tenants needs a policy of its own, and so does a migration of data.
create function :schema.protect_tenant_table(table_name text) returns void language plpgsql as $$
begin
  execute format('alter table :schema.%I enable row level security', table_name);
  execute format('alter table :schema.%I force row level security', table_name);
  execute format('create policy tenant_isolation on :schema.%I to :schema_app
                    using (tenant_id = :schema.current_tenant())', table_name);
end $$;

create function :schema.stamp_row() returns trigger language plpgsql as $$
begin
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.updated_by := :schema.current_actor();
  -- The ORM has set its own two already; a statement that names neither gets them here.
  if new.updated_at = old.updated_at then new.updated_at := now(); end if;
  if new.version = old.version then new.version := old.version + 1; end if;
  return new;
end $$;

-- Gives a table the columns that `baseColumns` maps, as far as it lacks them, and keeps them true.
create function :schema.stamped(table_name text) returns void language plpgsql as $$
begin
  execute format('alter table :schema.%I
    add column if not exists created_at timestamptz not null default now(),
    add column if not exists created_by uuid default :schema.current_actor(),
    add column if not exists updated_at timestamptz not null default now(),
    add column if not exists updated_by uuid default :schema.current_actor(),
    add column if not exists version integer not null default 1,
    add column if not exists deleted_at timestamptz', table_name);
  execute format('create trigger stamp_row before update on :schema.%I
                    for each row execute function :schema.stamp_row()', table_name);
end $$;
