import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { SECRET_KEY, VENDORS, type VendorName } from '../testing/hosted-shop.ts';
import type { HostedEmulator } from './hosted-emulator.ts';

const PATHS = { PAYSTACK: '/transaction/initialize', FLUTTERWAVE: '/v3/payments' } as const;
const SOUND = {
  PAYSTACK: { email: 'ada@example.test', amount: 5_000, currency: 'NGN', reference: 'ref-1' },
  FLUTTERWAVE: { tx_ref: 'ref-1', amount: 50, redirect_url: 'https://a.test', customer: { email: 'ada@example.test' } },
} as const;

describe.each(Object.keys(VENDORS) as VendorName[])('the emulator of %s', (name) => {
  let emulator: HostedEmulator;
  beforeAll(async () => {
    emulator = await VENDORS[name].start();
  });
  afterAll(() => emulator.stop());

  const ask = async (body: unknown, key = SECRET_KEY, signal?: AbortSignal) => {
    const headers = { authorization: `Bearer ${key}` };
    const request = { method: 'POST', headers, body: JSON.stringify(body), ...(signal && { signal }) };
    const answer = await fetch(`${emulator.url}${PATHS[name]}`, request);
    return { status: answer.status, body: (await answer.json()) as { readonly message: string } };
  };

  test('opens a page for sound parameters', async () => {
    expect(await ask(SOUND[name])).toMatchObject({ status: 200 });
    expect(emulator.pageOf('ref-1')).toMatchObject({ status: 'NEW', email: 'ada@example.test' });
  });

  test.each([
    [{ surprise: 1 }, 'surprise is not allowed'],
    [{ amount: 'much' }, /^amount must be/],
    [{ amount: 0 }, /amount/],
    [{ currency: 5 }, 'currency must be a string'],
  ])('refuses %j', async (change, message) => {
    const answer = await ask({ ...SOUND[name], ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(message);
  });

  test('refuses a missing parameter, another key and a body that is no object', async () => {
    expect(await ask({ amount: 50 })).toMatchObject({ status: 400 });
    expect(await ask(SOUND[name], 'another')).toMatchObject({ status: 401 });
    expect(await ask([])).toMatchObject({ status: 400, body: { message: 'Invalid JSON body' } });
  });

  test('keeps the connection open when it is silent', async () => {
    emulator.fail({ request: /POST/, how: 'SILENT' });
    const before = emulator.requests.length;
    const deadline = new AbortController();
    const asked = ask({ ...SOUND[name], reference: 'ref-2' }, SECRET_KEY, deadline.signal);
    await until(() => emulator.requests.length > before);
    deadline.abort();
    await expect(asked).rejects.toThrow('aborted');
  });
});
