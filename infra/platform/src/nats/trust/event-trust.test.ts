import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
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
    reader.problemOf(JSON.parse(body) as EventEnvelope, body, header)?.message ?? null;

  test('for each event of a batch, in any order', () => {
    expect([6, 0, 3, 3, 1, 2, 4, 5].map((place) => problem(place))).toEqual(Array(8).fill(null));
  });

  test('for an event that is published alone, although headers lose trailing spaces', () => {
    const [event] = events;
    const [body = ''] = bodies;
    const [header = ''] = ofOrders.sign([body]) ?? [];
    expect(event && reader.problemOf(event, body, header.trim())).toBeNull();
  });

  test('with one signature for the whole batch, at any size up to 512', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1100 }), (size) => {
        const batch = Array.from({ length: size }, (_, place) => `event ${place}`);
        const signatures = new Set((ofOrders.sign(batch) ?? []).map((header) => header.split(' ')[1]));
        expect(signatures.size).toBe(Math.ceil(size / 512));
      }),
      { numRuns: 20 },
    );
  });

  test('and refused after any change of its body, its signature or its path, also when the rest of its batch is known', () => {
    const change = fc.record({ part: fc.constantFrom('body', 'signature', 'path'), at: fc.nat(), bit: fc.nat(7) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.nat(), change, (size, chosen, { part, at, bit }) => {
        const batch = Array.from({ length: size }, (_, index) => eventFrom('orders', 'orders.order.placed', index));
        const texts = batch.map((event) => JSON.stringify(event));
        const signed = ofOrders.sign(texts) ?? [];
        const place = chosen % size;
        const [event, body = '', header = ''] = [batch[place], texts[place], signed[place]];
        if (!event) throw new Error('an event of the batch');
        const [otherBody, otherHeader] =
          part === 'body' ? [flip(body, at, bit), header] : [body, flipIn(header, part, at, bit)];
        const isChanged = otherBody !== body || otherHeader !== header; // the path of a batch of one is empty
        expect(trustOf('gateway').problemOf(event, otherBody, otherHeader) === null).toBe(!isChanged);
        const informed = trustOf('gateway');
        for (const [index, each] of batch.entries())
          expect(informed.problemOf(each, texts[index] ?? '', signed[index] ?? '')).toBeNull();
        // The verifier has cached this event, so it does not read the path.
        expect(informed.problemOf(event, otherBody, otherHeader) === null).toBe(part === 'path');
      }),
      { numRuns: 30 },
    );
  });

  test('and refused with another body, the signature of another event, or no signature', () => {
    expect(problem(0, bodies[0]?.replace('"data":0', '"data":99'))).toMatch(/its signature does not match/);
    expect(problem(0, bodies[0], headers[1])).toMatch(/its signature does not match/);
    expect(problem(0, bodies[0], 'nonsense')).toMatch(/its signature does not match/);
    expect(problem(0, bodies[0], null)).toMatch(/has no signature/);
  });

  test('and refused when its type is no event type, without an error', () => {
    for (const type of ['', 'orders', 'orders.order', 'orders.order.*', '.order.placed', 'turns.x.y']) {
      const [owner = ''] = type.split('.');
      const forged = JSON.stringify(eventFrom(owner, type, 1));
      expect(problem(0, forged)).toMatch(/its signature does not match/);
    }
  });

  test('although an event with its stolen signature arrived first and was refused', () => {
    const freshReader = trustOf('gateway');
    for (const [place, event] of events.entries()) {
      const body = bodies[place] ?? '';
      const header = headers[place] ?? null;
      expect(freshReader.problemOf(event, `${body} `, header)?.name).toBe('UntrustedEventError');
      expect(freshReader.problemOf(event, body, header)).toBeNull();
    }
  });

  test('and refused when another subgraph signed it', () => {
    const forged = JSON.stringify(eventFrom('payments', 'orders.order.placed', 1));
    const [header = null] = ofPayments.sign([forged]) ?? [];
    expect(problem(0, forged, header)).toMatch(/only "orders" may publish events of this type/);
    const claimed = JSON.stringify(eventFrom('orders', 'orders.order.placed', 1));
    const [byPayments = null] = ofPayments.sign([claimed]) ?? [];
    expect(problem(0, claimed, byPayments)).toMatch(/its signature does not match/);
  });

  test('without a signature while an earlier version still runs', () => {
    const [event] = events;
    if (!event) throw new Error('an event');
    expect(trustOf('gateway', true).problemOf(event, bodies[0] ?? '', null)).toBeNull();
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

/** The text with one bit changed. */
const flip = (text: string, at: number, bit: number) => flipped(Buffer.from(text), at, bit).toString('latin1');

/** The header with one bit of the signature or of the path changed. An empty path is not changed. */
function flipIn(header: string, part: 'signature' | 'path', at: number, bit: number): string {
  const parts = header.split(' ');
  const place = part === 'signature' ? 1 : 3;
  if (parts[place] === '-') return header;
  const changed = flipped(Buffer.from(parts[place] ?? '', 'base64url'), at, bit);
  return parts.with(place, changed.toString('base64url')).join(' ');
}

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const place = at % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << bit), place);
  return bytes;
}
