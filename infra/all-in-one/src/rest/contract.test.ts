import { until } from '@souk/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Data } from '../testing/graphql-client.ts';
import { OWNER } from '../testing/test-shop.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from '../testing/test-souk.ts';
import { DocumentedApi } from './testing/documented-api.ts';
import { ExampleRunner, type RestAnswer } from './testing/rest-client.ts';

const api = new DocumentedApi();
let estate: TestEstate;
let souk: TestSouk;
let examples: ExampleRunner;
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
  examples = new ExampleRunner(souk.url, api, souk.owner);
  examples.know('staff@shop.example', OWNER.email);
  examples.know(example('toWarehouseId'), souk.shop.warehouses.SOUTH);
  await capturesByHand();
});
afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

/** So that there are payments to capture and to void. */
async function capturesByHand() {
  const admin = await estate.database.connect();
  await admin.query(
    `insert into orders.order_settings (tenant_id, default_currency, capture_policy, number_prefix)
     values ($1, 'EUR', 'MANUAL', 'S-')
     on conflict (tenant_id) do update set capture_policy = 'MANUAL'`,
    [souk.shop.tenantId],
  );
}

/** The documented value of parameters and fields of a name. */
function example(name: string): string {
  const parameter = api.routes.flatMap(({ parameters }) => parameters).find((each) => each.name === name);
  const value: unknown = parameter?.example ?? new RegExp(`"${name}": "([^"]+)"`).exec(api.text)?.[1];
  if (typeof value !== 'string') throw new Error(`The document has no example of ${name}`);
  return value;
}

/** What a step's answer teaches the steps after it. */
type Lesson = (data: Data) => void;

const learn =
  (documented: () => string, real: (data: Data) => unknown): Lesson =>
  (data) =>
    examples.know(documented(), real(data));

const all =
  (...lessons: readonly Lesson[]): Lesson =>
  (data) =>
    lessons.forEach((lesson) => lesson(data));

const nothing: Lesson = () => undefined;

const openCart = learn(
  () => example('cartId'),
  (cart) => cart['id'],
);
const knowLine = learn(
  () => example('lineId'),
  (cart) => cart['lines'][0].id,
);
const knowShipping = learn(
  () => example('shippingMethodId'),
  (methods) => methods[0].id,
);
const knowOrder = all(
  learn(
    () => example('orderId'),
    ({ order }) => order.id,
  ),
  learn(
    () => example('orderAccessToken'),
    (data) => data['orderAccessToken'],
  ),
);
const knowFulfillment = learn(
  () => example('fulfillmentId'),
  (fulfillments) => fulfillments[0].id,
);
const knowPayment = learn(
  () => example('paymentId'),
  (payments) => payments[0].id,
);

const knowWarehouse = learn(
  () => example('warehouseId'),
  ({ id }) => id,
);

/** From an empty shop to one that sold something, and back: every example, in an order in which each has what it needs. */
const WALK: readonly (readonly [string, Lesson])[] = [
  [
    'login',
    learn(
      () => example('refreshToken'),
      (data) => data['refreshToken'],
    ),
  ],
  [
    'tokenRefresh',
    learn(
      () => example('refreshToken'),
      (data) => data['refreshToken'],
    ),
  ],
  ['logout', nothing],
  ['me', nothing],
  ['shop', nothing],
  ['userCreate', nothing],
  [
    'attributeCreate',
    learn(
      () => documented('Attribute.id'),
      ({ id }) => id,
    ),
  ],
  ['attributeUpdate', nothing],
  ['attributeList', nothing],
  [
    'categoryCreate',
    all(
      learn(
        () => documented('Category.id'),
        ({ id }) => id,
      ),
      learn(
        () => 'lighting',
        ({ slug }) => slug,
      ),
    ),
  ],
  ['categoryUpdate', nothing],
  ['categoryList', nothing],
  ['categoryBySlug', nothing],
  [
    'collectionCreate',
    all(
      learn(
        () => documented('Collection.id'),
        ({ id }) => id,
      ),
      learn(
        () => 'slow-mornings',
        ({ slug }) => slug,
      ),
    ),
  ],
  ['collectionUpdate', nothing],
  ['collectionList', nothing],
  ['collectionBySlug', nothing],
  [
    'productCreate',
    all(
      learn(
        () => example('productId'),
        ({ id }) => id,
      ),
      learn(
        () => 'cork-bedside-lamp',
        ({ slug }) => slug,
      ),
      learn(
        () => example('variantId'),
        ({ variants }) => variants[0].id,
      ),
      learn(
        () => 'LAMP-CORK',
        ({ variants }) => variants[0].sku,
      ),
    ),
  ],
  ['managedProduct', nothing],
  ['productUpdate', nothing],
  ['productTranslationSet', nothing],
  ['productPublish', nothing],
  ['variantCreate', nothing],
  ['variantUpdate', nothing],
  ['variantPricesSet', nothing],
  ['collectionProductsAdd', nothing],
  ['productList', nothing],
  ['productBySlug', nothing],
  ['variantBySku', nothing],
  ['categoryProducts', nothing],
  ['collectionProducts', nothing],
  ['warehouseCreate', knowWarehouse],
  ['warehouseDelete', nothing],
  ['warehouseCreate', knowWarehouse], // its code is free again
  ['warehouseUpdate', nothing],
  ['warehouseShow', nothing],
  ['warehouses', nothing],
  ['stockAdjust', nothing],
  ['stockTransfer', nothing],
  ['stockLevelList', nothing],
  ['stockMovementList', nothing],
  [
    'shippingMethodCreate',
    learn(
      () => documented('ShippingMethodSetup.id'),
      ({ id }) => id,
    ),
  ],
  ['shippingMethodUpdate', nothing],
  ['shippingMethodList', nothing],
  ['cartCreate', all(openCart, knowLine)],
  ['cartLineRemove', nothing],
  ['cartLinesAdd', knowLine],
  ['cartLinesUpdate', nothing],
  ['cartLineUpdate', nothing],
  ['cartLinesAdd', knowLine], // two units, of which one will be canceled
  ['cartAddressSet', nothing],
  ['cartShippingMethods', knowShipping],
  ['cartShippingMethodSet', nothing],
  ['cartShow', nothing],
  ['checkoutComplete', knowOrder],
  ['orders', nothing],
  [
    'orderShow',
    all(
      learn(
        () => example('orderLineId'),
        ({ lines }) => lines[0].id,
      ),
      learn(
        () => 'S-100042',
        ({ number }) => number,
      ),
    ),
  ],
  ['orderLookUp', nothing],
  [
    'orderAccessTokenCreate',
    learn(
      () => example('orderAccessToken'),
      (data) => data['orderAccessToken'],
    ),
  ],
  ['orderEvents', nothing],
  ['orderPayments', knowPayment],
  ['paymentList', nothing],
  ['paymentCapture', nothing],
  ['orderLinesCancel', nothing],
  ['fulfillmentCreate', knowFulfillment],
  ['orderFulfillments', nothing],
  ['fulfillmentShip', nothing],
  ['fulfillmentDeliver', nothing],
  ['paymentRefund', nothing],
  ['paymentShow', nothing],
  [
    'customerList',
    learn(
      () => documented('Customer.id'),
      (customers) => customers[0].id,
    ),
  ],
  ['customerShow', nothing],
  ['customerOrders', nothing],
  // A second order, of which nothing comes.
  ['cartCreate', openCart],
  ['cartAddressSet', nothing],
  ['cartShippingMethods', knowShipping],
  ['cartShippingMethodSet', nothing],
  ['checkoutComplete', knowOrder],
  ['orderPayments', knowPayment],
  ['fulfillmentCreate', knowFulfillment],
  ['fulfillmentCancel', nothing],
  ['paymentVoid', nothing],
  ['orderCancel', nothing],
  ['shippingMethodDelete', nothing],
  ['collectionProductsRemove', nothing],
  ['collectionDelete', nothing],
  ['attributeDelete', nothing],
  ['productUnpublish', nothing],
  ['variantDelete', nothing],
  ['productDelete', nothing],
  ['categoryDelete', nothing],
];

/** The documented id of a type, wherever it is seen. */
function documented(coordinate: string): string {
  const id = DOCUMENTED[coordinate];
  if (id === undefined) throw new Error(`${coordinate} has no example`);
  return id;
}

const DOCUMENTED: Readonly<Record<string, string>> = {
  'Attribute.id': pathExample('/catalog/attributes/{id}', 'patch'),
  'Category.id': pathExample('/catalog/categories/{id}', 'patch'),
  'Collection.id': pathExample('/catalog/collections/{id}', 'patch'),
  'ShippingMethodSetup.id': pathExample('/shipping-methods/{id}', 'patch'),
  'Customer.id': pathExample('/customers/{id}', 'get'),
};

function pathExample(path: string, method: string): string {
  const { parameters } = api.routes.find((each) => each.path === path && each.method === method.toUpperCase()) ?? {};
  return String(parameters?.find((each) => each.in === 'path')?.example);
}

/** What follows from an event is there moments later: the first customer, stock in a filter. */
async function settled(operationId: string): Promise<RestAnswer> {
  if (operationId !== 'customerList') return examples.run(operationId);
  return until(async () => {
    const answer = await examples.run(operationId);
    return answer.body?.['data'].length > 0 && answer;
  });
}

describe('every route answers its example as documented', () => {
  test.each(WALK)('%s', async (operationId, lesson) => {
    const { status, headers, body } = await settled(operationId);
    const wrong = api.violations(operationId, status, headers.get('content-type') ?? '', body);
    const { status: expected } = api.route(operationId);
    // The errors are shown where there are any.
    expect({ status, errors: body?.['errors'] ?? [], wrong }).toEqual({ status: expected, errors: [], wrong: [] });
    if (body) lesson(body['data']);
  });

  test('no route was left out, and there are enough of them', () => {
    const routes = api.routes.map(({ operationId }) => operationId).toSorted();
    expect([...examples.exercised].toSorted()).toEqual(routes);
    expect(routes.length).toBeGreaterThanOrEqual(30);
  });
});

test('the document is served as it is committed, and a client that has it is told so', async () => {
  const response = await fetch(`${souk.url}/api/v1/openapi.json`);
  expect(await response.text()).toBe(api.text);
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${souk.url}/api/v1/openapi.json`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});
