alter table product_variant
  -- A GTIN in its shortest form: 8, 12, 13 or 14 digits. `04006381333931` is stored as `4006381333931`.
  add column barcode text check (barcode ~ '^([0-9]{8}|[0-9]{12,14})$'),
  -- {lengthMm, widthMm, heightMm}: one unit with its packaging.
  add column size    jsonb check (jsonb_typeof(size) = 'object');
create unique index product_variant_barcode_unique on product_variant (tenant_id, barcode)
  where deleted_at is null and barcode is not null;
