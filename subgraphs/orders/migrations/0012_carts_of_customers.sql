-- contraction: no code needs the narrower check of cart.status since 0.0.0, the first commit
-- The cart of a customer who is logged in. A customer has one active cart; its lines may be read and changed by id as those of any cart.
alter table orders.cart add column customer_id uuid;
create unique index cart_of_customer on orders.cart (tenant_id, customer_id) where status = 'ACTIVE' and customer_id is not null;

-- MERGED: all lines were moved to the cart of a customer.
alter table orders.cart drop constraint cart_status_check;
alter table orders.cart add constraint cart_status_check check (status in ('ACTIVE', 'COMPLETED', 'ABANDONED', 'MERGED'));

-- Row-level security lets the owner of the function delete the rows, but not lock them for an update: the function found no row to delete.
create or replace function orders.delete_ended_attempt_counts(batch integer) returns bigint
  language sql security definer set search_path = orders, pg_temp as $$
  with deleted as (
    delete from attempt_count where ctid = any (array(
      select ctid from attempt_count where ends_at < now() order by ends_at limit batch))
      and ends_at < now()
    returning 1)
  select count(*) from deleted
$$;
