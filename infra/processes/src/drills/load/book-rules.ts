/** A consistency rule across the tables, as a query that returns one text for each violation. */
export interface BookRule {
  /** A sentence that describes a row of the result. */
  readonly violation: string;
  /** The query. `$1` is the list of the carts that buyers ordered. */
  readonly sql: string;
}

/** A CTE with the orders of the load. */
const ORDERED = `with ordered as (select * from orders.sales_order where cart_id = any($1::uuid[]))`;

const EACH_ONCE = `'PLACED', 'PAYMENT_AUTHORIZED', 'PAYMENT_CAPTURED', 'CONFIRMED', 'CUSTOMER_LINKED'`;

/** Rules that hold after a load, when all work has ended. The queries join tables of all subgraphs, so they run as administrator. */
export const BOOK_RULES: readonly BookRule[] = [
  {
    violation: 'an order is not confirmed and paid',
    sql: `${ORDERED} select number || ' is ' || status || ', ' || payment_status from ordered
            where status not in ('CONFIRMED', 'COMPLETED') or payment_status <> 'PAID' or stock_committed_at is null`,
  },
  {
    violation: 'the payments of an order are not one capture of its total',
    sql: `${ORDERED}
          select number || ': ' || total_minor || ' by ' || coalesce(string_agg(payment.status || ' ' || captured_minor, ', '), 'none')
            from ordered left join payments.payment on payment.order_id = ordered.id
                  and payment.status not in ('VOIDED', 'FAILED')
           group by number, total_minor
          having count(payment.id) <> 1 or sum(captured_minor - refunded_minor) <> total_minor`,
  },
  {
    violation: 'the ledger of a payment does not add up to it',
    sql: `select payment.id || ': ' || captured_minor || ' captured, in the ledger ' || coalesce(ledger.captured, 0)
            from payments.payment left join (
              select payment_id, sum(amount_minor) filter (where kind = 'AUTHORIZE') as authorized,
                     sum(amount_minor) filter (where kind = 'CAPTURE') as captured,
                     sum(amount_minor) filter (where kind = 'REFUND') as refunded
                from payments.payment_transaction where status = 'SUCCEEDED' group by payment_id
            ) ledger on ledger.payment_id = payment.id
           where coalesce(ledger.authorized, 0) <> authorized_minor or coalesce(ledger.captured, 0) <> captured_minor
              or coalesce(ledger.refunded, 0) <> refunded_minor`,
  },
  {
    violation: 'the payment provider holds or took money that payments does not know of',
    sql: `select authorization_key || ': ' || authorized || ' authorized, ' || captured || ' captured'
            from (
              select authorization_key,
                     coalesce(sum(amount_minor) filter (where kind = 'AUTHORIZE'), 0) as authorized,
                     coalesce(sum(amount_minor) filter (where kind = 'CAPTURE'), 0) as captured,
                     coalesce(sum(amount_minor) filter (where kind = 'REFUND'), 0) as refunded,
                     coalesce(bool_or(kind = 'VOID'), false) as voided
                from payments.test_provider_charge where decline_code is null group by authorization_key
            ) charged left join payments.payment on payment.id::text = authorization_key
           where captured <> coalesce(captured_minor, 0) or refunded <> coalesce(refunded_minor, 0)
              or (authorized > 0 and not voided and coalesce(payment.status, '') not in ('AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED'))`,
  },
  {
    violation: 'stock is not what came in less what was sold',
    sql: `select coalesce(level.sku, sold.sku) || ': ' || coalesce(on_hand, 0) || ' on hand, ' || coalesce(received, 0) || ' came in, '
                 || coalesce(units, 0) || ' sold, ' || coalesce(waiting, 0) || ' of them wait, ' || coalesce(reserved, 0) || ' reserved'
            from (select tenant_id, sku, sum(on_hand) as on_hand, sum(reserved) as reserved
                    from inventory.stock_level group by tenant_id, sku) level
            left join (select tenant_id, sku, sum(on_hand_delta) as received from inventory.stock_movement
                        where kind in ('RECEIVED', 'ADJUSTED', 'TRANSFERRED', 'RESTOCKED') group by tenant_id, sku) came
                   on came.tenant_id = level.tenant_id and came.sku = level.sku
            full join (select line.tenant_id, line.sku, sum(line.quantity) as units from orders.order_line line
                         join orders.sales_order placed on placed.tenant_id = line.tenant_id and placed.id = line.order_id
                        where placed.cart_id is not null and placed.stock_committed_at is not null group by line.tenant_id, line.sku) sold
                   on sold.tenant_id = level.tenant_id and sold.sku = level.sku
            left join (select tenant_id, sku, sum(waiting) as waiting from inventory.backorder group by tenant_id, sku) late
                   on late.tenant_id = sold.tenant_id and late.sku = sold.sku
            left join inventory.stock_item item on item.tenant_id = coalesce(level.tenant_id, sold.tenant_id)
                  and item.sku = coalesce(level.sku, sold.sku)
           where coalesce(item.mode, '') not in ('NONE', 'TRACK_ONLY') -- a sale may take fewer units than it sells
             and (coalesce(on_hand, 0) <> coalesce(received, 0) - coalesce(units, 0) + coalesce(waiting, 0) or coalesce(reserved, 0) <> 0)`,
  },
  {
    violation: 'the ledger of a stock level does not add up to it',
    sql: `select level.sku || ': ' || level.on_hand || '/' || level.reserved
            from inventory.stock_level level left join inventory.stock_movement on stock_level_id = level.id
           group by level.id, level.sku, level.on_hand, level.reserved
          having level.on_hand <> coalesce(sum(on_hand_delta), 0) or level.reserved <> coalesce(sum(reserved_delta), 0)`,
  },
  {
    violation: 'an order did not sell one reservation of its units',
    sql: `${ORDERED}
          select number || ': ' || coalesce(string_agg(reservation.status || ' ' || units, ', '), 'none')
            from ordered
            left join (select reservation.order_id, reservation.status, sum(line.quantity) as units
                         from inventory.reservation join inventory.reservation_line line on line.reservation_id = reservation.id
                        where reservation.status in ('HELD', 'COMMITTED') group by reservation.id, reservation.order_id, reservation.status
                      ) reservation on reservation.order_id = ordered.id
            join lateral (select sum(quantity) as wanted from orders.order_line line where line.order_id = ordered.id) lines on true
           group by number, wanted
          having count(*) filter (where reservation.status = 'COMMITTED') <> 1 or sum(units) <> wanted`,
  },
  {
    violation: 'the history of an order has a gap, or an event twice',
    sql: `${ORDERED}
          select number || ': ' || coalesce(string_agg(type, ' ' order by position), 'no event')
            from ordered left join orders.order_event event on event.order_id = ordered.id
           group by number, history_length
          having max(position) <> count(event.id) or history_length <> count(event.id)
              or count(*) filter (where type in (${EACH_ONCE})) <> 5 or count(distinct type) filter (where type in (${EACH_ONCE})) <> 5`,
  },
  {
    violation: 'an order has no customer, or another one than that of its address',
    sql: `${ORDERED}
          select number || ': ' || ordered.email from ordered
            left join accounts.customer on customer.id = ordered.customer_id and lower(customer.email) = lower(ordered.email)
           where customer.id is null`,
  },
  {
    violation: 'what the catalog shows as available is not what inventory has',
    sql: `select stock.sku || ': ' || stock.available || ' shown, ' || sellable || ' there'
            from catalog.variant_stock stock
            join (select level.tenant_id, level.sku, sum(on_hand - reserved) filter (where warehouse.active)::bigint as available
                    from inventory.stock_level level join inventory.warehouse on warehouse.id = level.warehouse_id
                   group by level.tenant_id, level.sku) level on level.tenant_id = stock.tenant_id and level.sku = stock.sku
            left join inventory.stock_item item on item.tenant_id = level.tenant_id and item.sku = level.sku
           cross join lateral inventory.sellable_units(level.available, item) as sellable
           where stock.available <> sellable`,
  },
];
