import { expect, test } from '@jest/globals';
import { callerKey, isPublicCaller } from './caller-key.ts';
import { claimsOfHeaders } from './caller.ts';
import { ForwardingCallers } from './forwarding-callers.ts';

const IDS = { requestId: 'r', correlationId: 'c' };

async function contextOf(names: readonly string[], headers: Readonly<Record<string, string | string[]>>) {
  const caller = await new ForwardingCallers(names).identify(
    claimsOfHeaders(headers, { address: '203.0.113.7', ...IDS }),
  );
  if (!caller.ok) throw new Error('refused');
  return caller.value.context;
}

test('every caller is anonymous, and only the named headers are kept', async () => {
  const headers = { authorization: 'Bearer a', cookie: 'b=c', 'x-shop': ['1', '2'] };
  expect(await contextOf(['X-Shop', 'Authorization'], headers)).toMatchObject({
    ...IDS,
    actor: { kind: 'anonymous' },
    forwarded: { authorization: 'Bearer a', 'x-shop': '1, 2' },
  });
  expect(await contextOf([], headers)).toMatchObject({ forwarded: {} });
});

test('the trace is forwarded, and does not distinguish callers', async () => {
  const trace = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'a=b' };
  const traced = await contextOf([], trace);
  expect(traced).toMatchObject({ trace });
  expect(callerKey(traced)).toBe(callerKey(await contextOf([], {})));
});

test('callers with different forwarded headers are different', async () => {
  const keys = await Promise.all(
    ['Bearer a', 'Bearer b'].map(async (authorization) =>
      callerKey(await contextOf(['authorization'], { authorization })),
    ),
  );
  expect(keys[0]).not.toBe(keys[1]);
});

test('a value that HTTP does not allow is not forwarded', async () => {
  const context = await contextOf(['x-shop'], { 'x-shop': 'a\r\nx-admin: yes' });
  expect(context).toMatchObject({ forwarded: {} });
});

test('an answer to a caller with a forwarded header is not shared', async () => {
  expect(isPublicCaller(await contextOf(['authorization'], { authorization: 'Bearer a' }))).toBe(false);
  expect(isPublicCaller(await contextOf(['authorization'], { cookie: 'a' }))).toBe(true);
});
