import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { EventEnvelope } from '@souk/kit/contracts';
import { testKeys } from '../testing/test-keys.ts';
import { signedEvents, type EventTrust } from './event-trust.ts';
import { MessageKeys } from './message-keys.ts';

const trustOf = (name: string, acceptsUnsigned = false): EventTrust =>
  signedEvents({ keys: new MessageKeys(testKeys(name, ['orders', 'payments'])), acceptsUnsigned });
const [ofOrders, ofPayments, reader] = [trustOf('orders'), trustOf('payments'), trustOf('gateway')];

describe('an event is accepted if the subgraph that owns its type signed it', () => {
  const events = Array.from({ length: 7 }, (_, index) => eventFrom('orders', 'orders.order.placed', index));
  const bodies = events.map((event) => JSON.stringify(event));
  const headers = ofOrders.sign(bodies) ?? [];
  const problem = (place: number, body = bodies[place] ?? '', header: string | null = headers[place] ?? null) =>
    reader.problemOf(JSON.parse(body) as EventEnvelope, body, header).then((error) => error?.message ?? null);

  test('for each event of a batch, in any order', async () => {
    expect(await Promise.all([6, 0, 3, 3, 1, 2, 4, 5].map((place) => problem(place)))).toEqual(Array(8).fill(null));
  });

  test('for an event that is published alone, although headers lose trailing spaces', async () => {
    const [event] = events;
    const [body = ''] = bodies;
    const [header = ''] = ofOrders.sign([body]) ?? [];
    expect(event && (await reader.problemOf(event, body, header.trim()))).toBeNull();
  });

  test('and refused with another body, the signature of another event, or no signature', async () => {
    expect(await problem(0, bodies[0]?.replace('"data":0', '"data":99'))).toMatch(/its signature does not match/);
    expect(await problem(0, bodies[0], headers[1])).toMatch(/its signature does not match/);
    expect(await problem(0, bodies[0], 'nonsense')).toMatch(/its signature does not match/);
    expect(await problem(0, bodies[0], null)).toMatch(/has no signature/);
  });

  test('while events with a stolen signature arrive at the same time and are refused', async () => {
    const freshReader = trustOf('gateway');
    const genuine = (place: number) => {
      const [event, body = ''] = [events[place], bodies[place]];
      return event && freshReader.problemOf(event, body, headers[place] ?? null);
    };
    const stolen = (place: number) => {
      const [event, body = ''] = [events[place], bodies[place]];
      return event && freshReader.problemOf(event, `${body} `, headers[place] ?? null);
    };
    const [first, second, third, fourth] = await Promise.all([stolen(2), genuine(2), stolen(3), genuine(3)]);
    expect([first?.name, second, third?.name, fourth]).toEqual([
      'UntrustedEventError',
      null,
      'UntrustedEventError',
      null,
    ]);
  });

  test('and refused when another subgraph signed it', async () => {
    const forged = JSON.stringify(eventFrom('payments', 'orders.order.placed', 1));
    const [header = null] = ofPayments.sign([forged]) ?? [];
    expect(await problem(0, forged, header)).toMatch(/only "orders" may publish events of this type/);
    const claimed = JSON.stringify(eventFrom('orders', 'orders.order.placed', 1));
    const [byPayments = null] = ofPayments.sign([claimed]) ?? [];
    expect(await problem(0, claimed, byPayments)).toMatch(/its signature does not match/);
  });

  test('without a signature while an earlier version still runs', async () => {
    const [event] = events;
    if (!event) throw new Error('an event');
    expect(await trustOf('gateway', true).problemOf(event, bodies[0] ?? '', null)).toBeNull();
  });
});

function eventFrom(source: string, event_type: string, data: number): EventEnvelope {
  return {
    event_id: randomUUID(),
    event_type,
    tenant_id: randomUUID(),
    aggregate_id: randomUUID(),
    timestamp: '2026-01-01T00:00:00.000Z',
    source,
    version: 1,
    data,
    metadata: { user_id: null, correlation_id: null },
  };
}
