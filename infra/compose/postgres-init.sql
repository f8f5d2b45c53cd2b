-- Run once, by the image of Postgres as its superuser, on a new volume: the role of the migration, which is no superuser. It makes the
-- schemas and roles of the subgraphs, and owns the database. The other databases belong to the superuser: the migration cannot close
-- them to the roles of the subgraphs, so they are closed here.
do $$
declare
  password constant text := trim(trailing E'\n' from pg_read_file('/run/secrets/migration-password'));
begin
  execute format('create role migration login createrole nosuperuser nobypassrls password %L', password);
  execute format('alter database %I owner to migration', current_database());
  revoke connect, temporary on database postgres, template1 from public;
end $$;
