import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { EventReader } from '@souk/kit/messaging';
import { eventSubject, filterOf, partitionOf, publisherOf } from './subjects.ts';
import { desiredTopology } from './topology.ts';

const placed = { subject: 'orders.order.placed', version: 1 };
const changed = { subject: 'orders.order.changed', version: 2 };
const paid = { subject: 'payments.payment.changed', version: 1 };
const readerOf = (reader: Partial<EventReader>): EventReader => ({ name: 'mail.send', events: [placed], ...reader });
const namesOf = (readers: readonly EventReader[]) =>
  desiredTopology({ events: [placed, changed, paid], readers }, { partitions: 2 }).consumers.map(
    ({ stream, config }) => `${stream} ${config.durable_name} ${config.filter_subject} ${config.max_ack_pending}`,
  );

test('each subgraph has its own stream, and the subject of an event holds its version', () => {
  const { streams } = desiredTopology({ events: [placed, changed, paid], readers: [] });
  expect(streams.map(({ name, subjects }) => `${name} ${subjects.join()}`)).toEqual([
    'SOUK_ORDERS souk.orders.>',
    'SOUK_PAYMENTS souk.payments.>',
    'SOUK_DEAD_LETTERS souk.dead-letters.>',
    'SOUK_REPLAYS souk.replays.>',
    'SOUK_TURNS souk.turns.>',
  ]);
  expect(eventSubject(changed)).toBe('souk.orders.order.changed.v2.*');
});

test('a consumer has a durable for each partition, which delivers one event at a time', () => {
  expect(namesOf([readerOf({})])).toEqual([
    'SOUK_ORDERS mail_send_orders_0 souk.orders.order.placed.*.0 1',
    'SOUK_ORDERS mail_send_orders_1 souk.orders.order.placed.*.1 1',
    'SOUK_REPLAYS mail_send_replays souk.replays.mail.send 1',
  ]);
});

test('a consumer of several events of an aggregate reads them through one durable: in one order for all of them', () => {
  expect(namesOf([readerOf({ events: [placed, changed, paid] })])).toEqual([
    'SOUK_ORDERS mail_send_orders_0 souk.orders.order.*.*.0 1',
    'SOUK_ORDERS mail_send_orders_1 souk.orders.order.*.*.1 1',
    'SOUK_PAYMENTS mail_send_payments_0 souk.payments.payment.changed.*.0 1',
    'SOUK_PAYMENTS mail_send_payments_1 souk.payments.payment.changed.*.1 1',
    'SOUK_REPLAYS mail_send_replays souk.replays.mail.send 1',
  ]);
});

test('a batch consumer has one durable and a turn, and a consumer with everyProcess has neither', () => {
  expect(namesOf([readerOf({ batchSize: 100 }), readerOf({ name: 'gateway.cache', everyProcess: true })])).toEqual([
    'SOUK_ORDERS mail_send_orders souk.orders.order.placed.*.* 100',
    'SOUK_REPLAYS mail_send_replays souk.replays.mail.send 1',
    'SOUK_TURNS mail_send_orders_turn souk.turns.mail_send_orders 1',
  ]);
});

test('ambiguous names and subjects are refused', () => {
  for (const subject of ['orders.placed', 'orders.order.placed.twice', 'commands.order.placed', 'orders.*.placed']) {
    expect(() => publisherOf(subject)).toThrow('must be <subgraph>.<aggregate>.<past tense>');
  }
  expect(() => namesOf([readerOf({}), readerOf({})])).toThrow('Two consumers are called "mail.send"');
  expect(() => namesOf([readerOf({ name: 'mail.*' })])).toThrow('Invalid consumer name');
});

test('the filter of events that share only their subgraph matches all events of the subgraph', () => {
  expect(filterOf([placed.subject, 'orders.cart.abandoned'], 3)).toBe('souk.orders.*.*.*.3');
});

test('partitions fill evenly, and an aggregate keeps its own', () => {
  const counts = Array.from({ length: 16 }, () => 0);
  for (let index = 0; index < 16_000; index++) {
    const partition = partitionOf(randomUUID(), 16);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1200);
  // The expected values are literals. A change of the hash would move an aggregate to another partition, and two versions of the code would
  // handle its events at the same time.
  expect(partitionOf('11111111-1111-4111-8111-111111111111', 16)).toBe(3);
});
