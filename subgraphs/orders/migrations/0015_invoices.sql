-- The seller as invoices show it, and the decisions of the tenant about invoices. A tenant without a row has no invoices.
create table invoice_settings (
  tenant_id          uuid not null default current_tenant(),
  -- `InvoiceSeller` of `invoice.ts`.
  seller             jsonb not null check (jsonb_typeof(seller) = 'object'),
  -- The beginnings of numbers. "{year}" stands for the year of the issue.
  invoice_prefix     text not null check (length(invoice_prefix) between 1 and 20),
  credit_note_prefix text not null check (length(credit_note_prefix) between 1 and 20),
  -- Whether a paid order gets its invoice without staff.
  is_automatic       boolean not null,
  primary key (tenant_id),
  constraint invoice_settings_prefixes check (invoice_prefix <> credit_note_prefix)
);
select stamped('invoice_settings');

-- The last number of each series. The transaction that writes the invoice takes the number, and the row is the last row that the transaction
-- locks: a rollback returns the number, so a series has no gaps.
create table invoice_number (
  tenant_id uuid not null default current_tenant(),
  -- A prefix in which the year is filled in.
  series    text not null,
  last      bigint not null check (last > 0),
  primary key (tenant_id, series)
);

-- Invoices and credit notes. A row never changes.
create table invoice (
  tenant_id   uuid not null default current_tenant(),
  id          uuid not null,
  type        text not null check (type in ('INVOICE', 'CREDIT_NOTE')),
  series      text not null,
  sequence    bigint not null check (sequence > 0),
  number      text not null,
  order_id    uuid not null,
  -- The invoice that a credit note corrects.
  invoice_id  uuid,
  issued_at   timestamptz not null,
  -- Minor units of `currency`.
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  net_minor   bigint not null,
  tax_minor   bigint not null,
  gross_minor bigint not null check (gross_minor >= 0),
  -- `InvoiceDocument` of `invoice.ts`: seller, buyer, lines and taxes on the day of the issue.
  document    jsonb not null check (jsonb_typeof(document) = 'object'),
  primary key (tenant_id, id),
  constraint invoice_number_once unique (tenant_id, number),
  constraint invoice_sequence_once unique (tenant_id, series, sequence),
  constraint invoice_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id),
  constraint invoice_invoice_fk foreign key (tenant_id, invoice_id) references invoice (tenant_id, id),
  constraint invoice_credits check ((type = 'CREDIT_NOTE') = (invoice_id is not null)),
  constraint invoice_sums check (gross_minor = net_minor + tax_minor)
);
select stamped('invoice');
create unique index invoice_one_per_order on invoice (tenant_id, order_id) where type = 'INVOICE';
create index invoice_newest on invoice (tenant_id, issued_at, id);
create index invoice_by_type on invoice (tenant_id, type, issued_at, id);
create index invoice_by_order on invoice (tenant_id, order_id, issued_at, id);
create index invoice_by_invoice on invoice (tenant_id, invoice_id) where invoice_id is not null;
revoke update, delete on invoice from orders_app;

-- Orders whose payment or units changed since the job looked at their invoices.
create table invoice_due (
  tenant_id uuid not null default current_tenant(),
  order_id  uuid not null,
  -- When the job looks at the order.
  retry_at  timestamptz not null default now(),
  primary key (tenant_id, order_id),
  constraint invoice_due_order_fk foreign key (tenant_id, order_id) references sales_order (tenant_id, id)
);
create index invoice_due_by_time on invoice_due (retry_at);

select protect_tenant_table('invoice_settings');
select protect_tenant_table('invoice_number');
select protect_tenant_table('invoice');
select protect_tenant_table('invoice_due');

create policy invoicing_reads on invoice_due for select to orders_owner using (true);
create function due_invoices(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = orders, pg_temp as $$
  select tenant_id, order_id from invoice_due where retry_at <= now() order by retry_at limit batch
$$;
revoke execute on function due_invoices from public;
grant execute on function due_invoices to orders_app;
