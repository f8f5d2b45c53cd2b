import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_RATES } from '@souk/gateway';
import { until } from '@souk/kit/testing';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { DocumentedApi } from './testing/documented-api.ts';
import { callRest } from './testing/rest-client.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation, { protection: { rates: { ...DEFAULT_RATES, addressPerMinute: 20 } } });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

test('a caller above its rate gets a documented 429 with the time to wait', async () => {
  const { status, headers, body } = await until(async () => {
    const answer = await callRest(souk.url, 'GET', '/tenant');
    expect(answer.headers.get('ratelimit')).toMatch(/^"address";r=\d+/);
    return answer.status !== 200 && answer;
  });
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(body?.['errors']).toMatchObject([
    {
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/\d+ s/),
      limit: 'address',
      retryAfterSeconds: Number(headers.get('retry-after')),
    },
  ]);
  const violations = new DocumentedApi().violations('shop', status, headers.get('content-type') ?? '', body);
  expect(violations).toEqual([]);
});
