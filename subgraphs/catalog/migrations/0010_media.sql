-- Uploaded pictures. The files are objects of the store, under `tenants/<tenant>/media/<media>/`.
create table media (
  tenant_id        uuid not null default current_tenant(),
  id               uuid not null default gen_random_uuid(),
  state            text not null default 'AWAITING_UPLOAD' check (state in ('AWAITING_UPLOAD', 'PROCESSING', 'READY', 'FAILED')),
  file_name        text not null check (char_length(file_name) between 1 and 255),
  -- The size of the upload, which counts for the quota.
  size_bytes       bigint not null check (size_bytes > 0),
  alt              text not null default '' check (char_length(alt) <= 255),
  -- [{locale, text}]
  alt_translations jsonb not null default '[]' check (jsonb_typeof(alt_translations) = 'array'),
  -- In percent of the width and the height, from the upper left corner.
  focal_x          integer not null default 50 check (focal_x between 0 and 100),
  focal_y          integer not null default 50 check (focal_y between 0 and 100),
  content_type     text,
  width            integer check (width > 0),
  height           integer check (height > 0),
  blur_hash        text,
  -- The link for clients that show one URL: see `defaultVariant` in `media.ts`.
  url              text,
  -- Why the processing failed.
  problem          text,
  -- When the worker makes the variants. Null: nothing to do.
  due_at           timestamptz,
  attempts         integer not null default 0,
  -- Since when no product has shown the picture. Null: a product shows it.
  unused_since     timestamptz default now(),
  primary key (tenant_id, id)
);
select stamped('media');
select protect_tenant_table('media');
create index media_newest on media (tenant_id, created_at, id) where deleted_at is null;
create index media_due on media (due_at) where due_at is not null;
create index media_unused on media (unused_since) where unused_since is not null;

create table media_variant (
  tenant_id  uuid not null default current_tenant(),
  media_id   uuid not null,
  format     text not null check (format in ('AVIF', 'WEBP', 'JPEG', 'PNG')),
  fit        text not null check (fit in ('CONTAIN', 'COVER')),
  -- The width in the fixed list. A smaller picture is not enlarged, so the pixels may be fewer.
  width      integer not null check (width > 0),
  pixel_width  integer not null check (pixel_width > 0),
  pixel_height integer not null check (pixel_height > 0),
  size_bytes integer not null check (size_bytes > 0),
  -- The key of the object. It contains the hash of the content.
  object_key text not null,
  primary key (tenant_id, media_id, format, fit, width),
  constraint media_variant_media_fk foreign key (tenant_id, media_id) references media (tenant_id, id) on delete cascade
);
select protect_tenant_table('media_variant');

-- The bytes of a shop's uploads.
create table media_usage (
  tenant_id uuid not null default current_tenant() primary key,
  bytes     bigint not null default 0 check (bytes >= 0)
);
select protect_tenant_table('media_usage');

alter table product_media add column media_id uuid;
alter table product_media add constraint product_media_media_fk
  foreign key (tenant_id, media_id) references media (tenant_id, id);
create index product_media_by_media on product_media (tenant_id, media_id) where media_id is not null;

-- Keeps media.unused_since, so that unused pictures are found by an index.
create function note_media_use() returns trigger language plpgsql set search_path = catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    update media set unused_since = null where tenant_id = new.tenant_id and id = new.media_id and unused_since is not null;
  else
    update media set unused_since = now()
     where tenant_id = old.tenant_id and id = old.media_id
       and not exists (select from product_media p where p.tenant_id = old.tenant_id and p.media_id = old.media_id);
  end if;
  return null;
end $$;
create trigger product_media_added after insert on product_media
  for each row when (new.media_id is not null) execute function note_media_use();
create trigger product_media_removed after delete on product_media
  for each row when (old.media_id is not null) execute function note_media_use();

-- The work of all tenants: ids alone leave the functions.
create policy media_looks on media for select to catalog_owner using (true);
create function due_media(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select found.tenant_id, found.id from media found where found.due_at <= now() order by found.due_at limit batch
$$;
create function unused_media(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select found.tenant_id, found.id from media found
   where found.unused_since < now() - interval '24 hours' order by found.unused_since limit batch
$$;
revoke execute on function due_media, unused_media from public;
grant execute on function due_media, unused_media to catalog_app;
