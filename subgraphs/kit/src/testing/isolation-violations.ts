import type { Client } from 'pg';

/**
 * Finds everything in a schema that would let a tenant reach rows of another tenant. Reads the catalog of Postgres instead of the entities.
 */
export async function isolationViolations(
  admin: Client,
  schema: string,
  exempt: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await admin.query<{ violation: string }>(VIOLATIONS, [schema, exempt]);
  return rows.map((row) => row.violation).sort();
}

/** The tables of a schema that contain data of tenants. */
export async function tenantTables(admin: Client, schema: string): Promise<string[]> {
  const { rows } = await admin.query<{ relname: string }>(
    `select relname from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
      where relnamespace = $1::regnamespace and relkind in ('r', 'p') order by relname`,
    [schema],
  );
  return rows.map((row) => row.relname);
}

// $1 is the schema, $2 the tables without tenant data. A table that the application role cannot access does not need a
// policy, because only a SECURITY DEFINER function reaches the table.
const VIOLATIONS = `
with tbl as (
  select oid, relname, relowner, relrowsecurity, relforcerowsecurity,
         has_table_privilege($1 || '_app', oid, 'select, insert, update, delete, truncate') as touched_by_app
    from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') and relname <> all ($2::text[])
), tenant_column as (
  select attrelid, attnum from pg_attribute where attname = 'tenant_id' and not attisdropped and attnotnull
)
select relname || ' has no tenant_id, or a nullable one' as violation from tbl
 where not exists (select from tenant_column where attrelid = tbl.oid)
union all
select relname || ' does not force row-level security' from tbl
 where touched_by_app and not (relrowsecurity and relforcerowsecurity)
union all
select relname || ' has no policy that binds ' || $1 || '_app' from tbl
 where touched_by_app
   and not exists (select from pg_policy where polrelid = tbl.oid and polcmd = '*'
                      and (polroles = '{0}' or ($1 || '_app')::regrole = any (polroles)))
union all
select relname || ' has a policy without the tenant: ' || polname from tbl
  join pg_policy on polrelid = tbl.oid and polpermissive
   and (polroles = '{0}' or ($1 || '_app')::regrole = any (polroles))
   and coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) !~ 'current_tenant'
union all
select relname || ' can be emptied by ' || $1 || '_app' from tbl where has_table_privilege($1 || '_app', oid, 'truncate')
union all
select relname || ' has an index that is unique across tenants: ' || indexrelid::regclass
  from tbl join pg_index on indrelid = tbl.oid and indisunique
  join tenant_column on attrelid = tbl.oid where attnum <> all (indkey::int2[])
union all
select relname || ' has a primary key that does not start with tenant_id'
  from tbl join pg_index on indrelid = tbl.oid and indisprimary
  join tenant_column on attrelid = tbl.oid where indkey[0] <> attnum
union all
select tbl.relname || ' has a foreign key without the tenant: ' || conname
  from tbl join pg_constraint on conrelid = tbl.oid and contype = 'f'
 where not exists (select from unnest(conkey, confkey) as pair (child, parent)
                     join tenant_column child on child.attrelid = conrelid and child.attnum = pair.child
                     join tenant_column parent on parent.attrelid = confrelid and parent.attnum = pair.parent)
union all
select relname || ' is a view that runs with the rights of its owner' from pg_class
 where relnamespace = $1::regnamespace
   and (relkind = 'm' or relkind = 'v'
        and not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}')
union all
select proname || ' runs with the rights of its owner and the search_path of its caller' from pg_proc
 where pronamespace = $1::regnamespace and prosecdef and not coalesce(array_to_string(proconfig, ','), '') ~ 'search_path='
union all
select rolname || ' can step over row-level security' from pg_roles
 where rolname like $1 || '%' and (rolsuper or rolbypassrls)
union all
select relname || ' is owned by a role that can log in' from tbl join pg_roles on pg_roles.oid = relowner where rolcanlogin`;
