-- The image of Postgres runs this file once, as superuser, on a new volume. It creates the role of the migration, which is not a superuser,
-- owns the database, and creates the schemas and roles of the subgraphs. The other databases belong to the superuser, so the migration
-- cannot revoke access of the subgraphs' roles to them. This file does.
do $$
declare
  password constant text := trim(trailing E'\n' from pg_read_file('/run/secrets/migration-password'));
begin
  execute format('create role migration login createrole nosuperuser nobypassrls password %L', password);
  execute format('alter database %I owner to migration', current_database());
  revoke connect, temporary on database postgres, template1 from public;
end $$;
