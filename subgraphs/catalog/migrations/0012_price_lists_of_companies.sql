-- Ids of companies whose members get the prices. Empty: every buyer.
alter table price_list add column company_ids jsonb not null default '[]' check (jsonb_typeof(company_ids) = 'array');
