-- What a payment waits for while it is PENDING: the buyer's action at the provider, or the provider alone. Null: it waits for neither.
-- The row keeps the action so that a repeated request returns it. The outcome of the payment clears the column.
alter table payments.payment add column waiting_for jsonb;
