import type { Client } from 'pg';
import type { SteadyLoad } from './steady-load.ts';
import { subscriptionProblems, type ReceivedHistory } from './subscription-problems.ts';

/**
 * Finds the events that subscribers missed. Call this function when the load has stopped and all events are delivered.
 * @returns one sentence per problem
 */
export async function missedChanges(
  admin: Client,
  { log, staff, watches, followed, troubles }: SteadyLoad,
): Promise<readonly string[]> {
  const happened = await histories(
    admin,
    log.ordered.map(({ order }) => order?.id ?? ''),
  );
  const ofStaff = staff.flatMap((watch, place) =>
    [...happened].map(([id, types]) => ({
      subscriber: `staff ${place + 1} of ${id}`,
      received: watch.typesOf(id),
      happened: types,
    })),
  );
  const ofBuyers = followed.map(({ orderId, watch }): ReceivedHistory => ({
    subscriber: `the buyer of ${orderId}`,
    received: watch.typesOf(orderId),
    happened: happened.get(orderId) ?? [],
    from: 'SHIPPED',
    to: 'COMPLETED',
  }));
  const failures = watches.flatMap((watch) => watch.failures);
  return [...troubles, ...failures, ...subscriptionProblems([...ofStaff, ...ofBuyers])];
}

async function histories(admin: Client, orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await admin.query<{ id: string; types: string[] }>(
    `select order_id as id, array_agg(type order by position) as types
       from orders.order_event where order_id = any($1::uuid[]) group by 1`,
    [orderIds],
  );
  return new Map(rows.map(({ id, types }) => [id, types]));
}
