import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';

let estate: TestEstate;
let souk: TestSouk;
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
});
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

test('a literal that a scalar refuses is an error at its field, with the place of the field in the document', async () => {
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
