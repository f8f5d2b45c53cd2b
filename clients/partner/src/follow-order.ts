import { setTimeout as after } from 'node:timers/promises';
import type { PlacedOrder } from './place-order.ts';
import { bodyOf, type SoukClient } from './souk-client.ts';

/** One entry of an order's history. */
export interface OrderEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly message: string | null;
}

/**
 * Yields every event of an order, oldest first, and ends after an event of the given type or after the cancellation.
 * @param everyMs pause between two requests, in milliseconds.
 */
export async function* followOrder(
  souk: SoukClient,
  order: PlacedOrder,
  until: string,
  everyMs: number,
): AsyncGenerator<OrderEvent> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (;;) {
    const { data, meta } = await eventsAfter(souk, order, cursor);
    for (const event of data.filter(({ id }) => !seen.has(id))) {
      seen.add(event.id);
      yield event;
      if (event.type === until || event.type === 'CANCELED') return;
    }
    // The last page has no cursor. New events appear on this page, so the loop requests it again.
    if (meta.cursor === null) await after(everyMs);
    cursor = meta.cursor ?? cursor;
  }
}

/** Returns a page of the order's events, oldest first. */
function eventsAfter(souk: SoukClient, { id, accessToken }: PlacedOrder, cursor: string | null) {
  return bodyOf(
    souk.GET('/orders/{orderId}/events', {
      params: {
        path: { orderId: id },
        query: cursor === null ? {} : { cursor },
        header: { 'X-Order-Access-Token': accessToken },
      },
    }),
  );
}
