-- What a RESERVED checkout waits for: {"phase": "AWAITING_PAYMENT" or "CONFIRMING", "action": ..., "until": ...}. Null: it runs, or has not
-- asked for the payment yet. The state stays RESERVED, so that an earlier version compensates an abandoned one as it always did.
alter table orders.checkout add column wait jsonb;
