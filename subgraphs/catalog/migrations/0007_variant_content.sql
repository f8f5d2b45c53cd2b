-- How much one unit of a variant contains, {amount, unit}, see `content.ts`. The price of a measure (EU Directive 98/6/EC) is computed from it.
alter table product_variant add column content jsonb check (jsonb_typeof(content) = 'object');
