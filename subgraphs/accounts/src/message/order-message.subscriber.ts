import type { Clock } from '@souk/kit/domain';
import { subscriber, type Subscriber } from '@souk/kit/runtime';
import type { AccountsDatabase } from '../database.ts';
import { orderMessageReader } from '../manifest.ts';
import type { MessageTemplate } from './message.ts';
import { queueMessage } from './message.repository.ts';

/** The message for each type of entry in an order's history. For other types, no message is sent. */
const TEMPLATES: Readonly<Record<string, MessageTemplate>> = {
  PLACED: 'ORDER_PLACED',
  SHIPPED: 'ORDER_SHIPPED',
  CANCELED: 'ORDER_CANCELED',
  REFUNDED: 'ORDER_REFUNDED',
};

/**
 * No message is sent for history entries that are older than this. Otherwise an installation that reads its stored events again would mail
 * buyers about old orders.
 */
const MOST_AGE_MS = 24 * 60 * 60_000;

/** Queues the messages to buyers about their orders. */
export function orderMessages(clock: Clock): Subscriber<AccountsDatabase> {
  return subscriber(
    orderMessageReader,
    async (tx, { orderId, eventId, type, at }) => {
      const template = TEMPLATES[type];
      if (!template || clock.now().getTime() - Date.parse(at) > MOST_AGE_MS) return;
      queueMessage(tx, { fact: `order-entry:${eventId}`, template, referenceId: orderId });
    },
    ({ type }) => type in TEMPLATES,
  );
}
