import { describe, expect, test } from '@jest/globals';
import { isSampled, traceIdOf, traceOf } from './index.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('a trace context', () => {
  test('is read from headers, with its tracestate', () => {
    expect(traceOf({ traceparent: TRACEPARENT, tracestate: 'congo=t61rcWkgMzE', accept: '*/*' })).toEqual({
      traceparent: TRACEPARENT,
      tracestate: 'congo=t61rcWkgMzE',
    });
  });

  test('of a later version is read as far as version 00 defines it', () => {
    expect(traceOf({ traceparent: `cc-${TRACE}-00f067aa0ba902b7-01-what-the-future-will-be-like` })).toEqual({
      traceparent: TRACEPARENT,
    });
  });

  test.each([
    ['is missing', undefined],
    ['came twice', `${TRACEPARENT}, ${TRACEPARENT}`],
    ['has a version that may not be', `ff-${TRACE}-00f067aa0ba902b7-01`],
    ['names no trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['names no span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['has capitals', TRACEPARENT.toUpperCase()],
    ['has more fields than its version', `${TRACEPARENT}-more`],
    ['is no text', 7],
  ])('that %s is none', (_what, traceparent) => {
    expect(traceOf({ traceparent, tracestate: 'congo=t61rcWkgMzE' })).toBeUndefined();
  });

  test.each(['', 'x'.repeat(513), 'a=\nb'])('drops a tracestate that cannot be propagated: %j', (tracestate) => {
    expect(traceOf({ traceparent: TRACEPARENT, tracestate })).toEqual({ traceparent: TRACEPARENT });
  });

  test('knows whether it is sampled, and its trace id for logs', () => {
    expect(isSampled({ traceparent: TRACEPARENT })).toBe(true);
    expect(isSampled({ traceparent: TRACEPARENT.replace(/01$/, '00') })).toBe(false);
    expect(isSampled(undefined)).toBe(false);
    expect(traceIdOf({ traceparent: TRACEPARENT })).toBe(TRACE);
  });
});
