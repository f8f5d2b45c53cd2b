-- contraction: no code has written schema_migration as an application role since 0.0.0, the first commit
-- Tables that the owner makes can be written by the application role by default. The record of migrations is only read by it: a process
-- compares it with the files that it knows, before it is ready.
revoke insert, update, delete, truncate on :schema.schema_migration from :schema_app;
