import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, startTestSouk, type TestInstallation } from './testing/test-souk.ts';

let installation: TestInstallation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.database.drop());

const CREATE = `mutation ($input: ProductCreateInput!) {
  productCreate(input: $input) { product { slug media { url } } userErrors { message } }
}`;
const MEDIA = 'query ($slug: String!) { product(slug: $slug) { media { url } } }';
const ELSEWHERE = 'https://cdn.example/lamp.webp';

test.each([
  ['the address that Souk listens on', null],
  ['the configured public address', 'https://shop.example'],
])('files of the server have %s in GraphQL and REST, and other files keep their address', async (_which, publicUrl) => {
  const souk = await startTestSouk(installation, { publicUrl });
  try {
    const input = {
      name: 'Lamp',
      baseSku: 'LAMP',
      status: 'PUBLISHED',
      variants: [{ sku: `LAMP-${publicUrl === null ? 1 : 2}`, prices: [{ amount: '10', currencyCode: 'EUR' }] }],
      media: [{ url: '/media/lamp.webp' }, { url: ELSEWHERE }],
    };
    const { productCreate } = await souk.data(CREATE, { input }, souk.owner);
    const expected = [{ url: `${publicUrl ?? souk.url}/media/lamp.webp` }, { url: ELSEWHERE }];
    expect(productCreate).toMatchObject({ userErrors: [], product: { media: expected } });
    const { slug } = productCreate.product;
    expect((await souk.data(MEDIA, { slug }, souk.owner)).product.media).toEqual(expected);
    const response = await fetch(`${souk.url}/api/v1/products/${slug}`, { headers: souk.owner });
    expect(await response.json()).toMatchObject({ data: { media: expected } });
  } finally {
    await souk.stop();
  }
});
