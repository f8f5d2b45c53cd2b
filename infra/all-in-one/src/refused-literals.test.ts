import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

test('a literal that a scalar refuses is an error with the path and the location of its field', async () => {
  const query = `{
    shown: products(first: 1) { nodes { id } }
    refused: products(filter: { price: { currencyCode: "EUR", min: "abc" } }) { nodes { id } }
  }`;
  const { errors } = await souk.run(query);
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('abc'),
      path: ['refused'],
      locations: [{ line: 3, column: 5 }],
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
});
