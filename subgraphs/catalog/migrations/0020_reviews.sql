-- The numbers of published reviews with 1 to 5 stars. Derived from the table review.
alter table product add column rating_counts integer[] not null default '{0,0,0,0,0}' check (array_length(rating_counts, 1) = 5);

-- A customer's opinion of a product. Shoppers see PUBLISHED reviews only.
create table review (
  tenant_id         uuid not null default current_tenant(),
  id                uuid not null,
  product_id        uuid not null,
  -- A customer of the subgraph accounts.
  customer_id       uuid not null,
  rating            integer not null check (rating between 1 and 5),
  title             text not null check (char_length(title) between 1 and 150),
  body              text not null check (char_length(body) between 1 and 5000),
  display_name      text not null check (char_length(display_name) between 1 and 80),
  -- Whether the subgraph orders knew a paid or shipped order of the customer with the product when the review was last written.
  verified_purchase boolean not null,
  status            text not null check (status in ('PENDING', 'PUBLISHED', 'REJECTED')),
  rejection_reason  text check (char_length(rejection_reason) between 1 and 1000),
  submitted_at      timestamptz not null,
  -- The time of the first publication.
  published_at      timestamptz,
  reply             text check (char_length(reply) between 1 and 5000),
  replied_at        timestamptz,
  -- The number of reports since staff last published the review.
  report_count      integer not null default 0 check (report_count >= 0),
  primary key (tenant_id, id),
  constraint review_once unique (tenant_id, product_id, customer_id),
  constraint review_product_fk foreign key (tenant_id, product_id) references product (tenant_id, id),
  constraint review_published check (status <> 'PUBLISHED' or published_at is not null)
);
select stamped('review');
-- A report by a shopper must not make the version of a moderator stale.
drop trigger stamp_row on review;
create trigger stamp_row
  before update of rating, title, body, display_name, status, rejection_reason, reply, version on review
  for each row execute function stamp_row();
-- The lists of shoppers, one index per sort.
create index review_of_product on review (tenant_id, product_id, published_at, id) where status = 'PUBLISHED';
create index review_of_product_by_rating on review (tenant_id, product_id, rating, published_at, id) where status = 'PUBLISHED';
-- The lists of staff.
create index review_newest on review (tenant_id, submitted_at, id);
create index review_by_status on review (tenant_id, status, submitted_at, id);
create index review_by_product on review (tenant_id, product_id, submitted_at, id);
create index review_reported on review (tenant_id, submitted_at, id) where report_count > 0;
create index review_by_customer on review (tenant_id, customer_id, submitted_at);

-- Each customer is counted once per review.
create table review_report (
  tenant_id   uuid not null default current_tenant(),
  review_id   uuid not null,
  customer_id uuid not null,
  reason      text not null check (reason in ('SPAM', 'OFFENSIVE', 'WRONG_PRODUCT', 'PERSONAL_DATA', 'OTHER')),
  note        text check (char_length(note) between 1 and 1000),
  reported_at timestamptz not null,
  primary key (tenant_id, review_id, customer_id),
  constraint review_report_review_fk foreign key (tenant_id, review_id) references review (tenant_id, id) on delete cascade
);
create index review_report_by_customer on review_report (tenant_id, customer_id, reported_at);

-- How a shop moderates. A shop without a row has the defaults of `review.policy.ts`.
create table review_settings (
  tenant_id  uuid not null default current_tenant(),
  moderation text not null check (moderation in ('BEFORE_PUBLICATION', 'AFTER_PUBLICATION')),
  primary key (tenant_id)
);
select stamped('review_settings');

select protect_tenant_table('review');
select protect_tenant_table('review_report');
select protect_tenant_table('review_settings');
