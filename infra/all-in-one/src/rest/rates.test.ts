import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_RATES } from '@souk/gateway';
import { until } from '@souk/kit/testing';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from '../testing/test-souk.ts';
import { DocumentedApi } from './testing/documented-api.ts';
import { callRest } from './testing/rest-client.ts';

let estate: TestEstate;
let souk: TestSouk;
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate, { protection: { rates: { ...DEFAULT_RATES, addressPerMinute: 20 } } });
});
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

test('who asks too often is told for how long to wait, as the document says', async () => {
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
