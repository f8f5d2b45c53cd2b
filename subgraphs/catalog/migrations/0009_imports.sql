-- Imports of files. A worker reads the parts of a file, and records its progress in the transaction of each batch of rows.
create table import_job (
  tenant_id     uuid not null default current_tenant(),
  id            uuid not null default gen_random_uuid(),
  kind          text not null check (kind in ('SOUK_PRODUCTS', 'SHOPIFY_PRODUCTS')),
  status        text not null check (status in ('UPLOADING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED')),
  dry_run       boolean not null default false,
  file_name     text check (char_length(file_name) between 1 and 255),
  -- {encoding, delimiter, decimalMark, currency}: as the caller gave them, null for those that are detected.
  settings      jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  -- {encoding, delimiter, decimalMark, currency}: as the file was read. Null: not read yet.
  format        jsonb check (jsonb_typeof(format) = 'object'),
  -- The names of the columns.
  header        jsonb not null default '[]' check (jsonb_typeof(header) = 'array'),
  -- [{column, message}]
  notices       jsonb not null default '[]' check (jsonb_typeof(notices) = 'array'),
  size_bytes    bigint not null default 0 check (size_bytes >= 0),
  read_bytes    bigint not null default 0 check (read_bytes >= 0),
  -- The data rows whose products are done. A worker that continues skips them.
  row_count     integer not null default 0 check (row_count >= 0),
  created_count integer not null default 0 check (created_count >= 0),
  updated_count integer not null default 0 check (updated_count >= 0),
  skipped_count integer not null default 0 check (skipped_count >= 0),
  failed_count  integer not null default 0 check (failed_count >= 0),
  problem_count integer not null default 0 check (problem_count >= 0),
  -- The reason why the whole file failed.
  failure       text check (char_length(failure) <= 1000),
  -- Runs that have begun since the last progress.
  attempts      integer not null default 0 check (attempts >= 0),
  -- QUEUED and RUNNING: the time from which a worker may take the import.
  due_at        timestamptz not null default now(),
  started_at    timestamptz,
  finished_at   timestamptz,
  primary key (tenant_id, id)
);
select stamped('import_job');
create index import_job_newest on import_job (tenant_id, created_at, id);
create index import_job_due on import_job (due_at) where status in ('QUEUED', 'RUNNING');
create index import_job_age on import_job (updated_at);

-- The bytes of a file, until the import ends.
create table import_part (
  tenant_id  uuid not null default current_tenant(),
  import_id  uuid not null,
  start_byte bigint not null check (start_byte >= 0),
  content    bytea not null,
  primary key (tenant_id, import_id, start_byte),
  constraint import_part_job_fk foreign key (tenant_id, import_id) references import_job (tenant_id, id) on delete cascade
);

-- The first problems of an import.
create table import_problem (
  tenant_id   uuid not null default current_tenant(),
  import_id   uuid not null,
  number      integer not null check (number >= 0),
  line        integer not null,
  column_name text,
  code        text not null,
  message     text not null,
  suggestion  text,
  primary key (tenant_id, import_id, number),
  constraint import_problem_job_fk foreign key (tenant_id, import_id) references import_job (tenant_id, id) on delete cascade
);

-- The rows of all products that failed, for the file to mend.
create table import_failed_row (
  tenant_id uuid not null default current_tenant(),
  import_id uuid not null,
  line      integer not null,
  cells     jsonb not null check (jsonb_typeof(cells) = 'array'),
  primary key (tenant_id, import_id, line),
  constraint import_failed_row_job_fk foreign key (tenant_id, import_id) references import_job (tenant_id, id) on delete cascade
);

do $$ declare tbl text; begin
  foreach tbl in array array['import_job', 'import_part', 'import_problem', 'import_failed_row'] loop
    perform protect_tenant_table(tbl);
  end loop;
end $$;

-- Jobs over all tenants: ids alone leave the functions.
create policy import_worker_looks on import_job for select to catalog_owner using (true);
create policy import_worker_forgets on import_job for delete to catalog_owner using (true);
create function due_imports(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select found.tenant_id, found.id from import_job found
   where found.status in ('QUEUED', 'RUNNING') and found.due_at <= now()
   order by found.due_at limit batch
$$;
-- Removes imports 30 days after their last change, and uploads that stopped a day ago.
create function forget_imports() returns table (forgotten bigint)
  language sql security definer set search_path = catalog, pg_temp as $$
  with gone as (
    delete from import_job where status not in ('QUEUED', 'RUNNING')
       and updated_at < now() - case status when 'UPLOADING' then interval '1 day' else interval '30 days' end
    returning 1)
  select count(*) from gone
$$;
revoke execute on function due_imports, forget_imports from public;
grant execute on function due_imports, forget_imports to catalog_app;
