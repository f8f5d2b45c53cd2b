import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { handleCommand } from '@souk/kit/contracts';
import { recordQueries, startTestSubgraph, testActors, TestClock, type TestActors } from '@souk/kit/testing';
import { FindPurchase } from '@souk/orders/contract';
import { catalog as definition } from '../index.ts';
import { NOW, shirt, type TestCatalog } from '../testing/catalog.ts';

const buyers = new Set<string>();
const clock = new TestClock(NOW);
let catalog: TestCatalog;
let actors: TestActors;
let productId: string;

beforeAll(async () => {
  const commands = [handleCommand(FindPurchase, async (_ctx, { customerId }) => ({ isFound: buyers.has(customerId) }))];
  catalog = await startTestSubgraph(definition, { settings: {}, clock, commands });
});
afterAll(() => catalog.close());
beforeEach(async () => {
  actors = testActors(['catalog:write', 'reviews:read', 'reviews:write']);
  await catalog.services.importProducts(actors.system, [shirt({ slug: 'shirt' }), shirt({ slug: 'coat' })]);
  productId = (await product('id')).id;
});

interface Shopper extends RequestContext {
  readonly customerId: string;
}

function customer(): Shopper {
  const customerId = randomUUID();
  const actor = { kind: 'user', userId: randomUUID(), role: 'SHOPPER', scopes: [], customerId } as const;
  return { ...actors.shopper, actor, customerId };
}

const product = async (fields: string, ctx: RequestContext = actors.shopper) =>
  (
    await catalog.query<{ product: Record<string, never> & { id: string } }>(
      ctx,
      `{ product(slug: "shirt") { ${fields} } }`,
    )
  ).product;

type Payload = {
  review: ({ id: string; version: number; status: string } & Record<string, unknown>) | null;
  userErrors: { code: string; field: string[] | null }[];
};
const SHOWN = 'id version status rating title body displayName verifiedPurchase rejectionReason reply publishedAt';
async function change(
  ctx: RequestContext,
  operation: string,
  input: object,
  shown = `review { ${SHOWN} }`,
): Promise<Payload> {
  const name = `review${operation}`;
  const document = `mutation ($input: Review${operation}Input!) { ${name}(input: $input) { ${shown} userErrors { code field } } }`;
  return (await catalog.query<Record<string, Payload>>(ctx, document, { input }))[name] as Payload;
}

const TEXT = { rating: 4, title: 'Warm', body: 'It keeps the wind out.\nI wear it daily.', displayName: 'Ada L.' };
const write = (ctx: RequestContext, input: object = {}) => change(ctx, 'Create', { productId, ...TEXT, ...input });
const idOf = ({ review }: Payload) => review?.id ?? '';
const rating = async () => (await product('rating { average count distribution }'))['rating'];
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);

test('a review of a customer is visible after staff publish it, and counts in the rating', async () => {
  const ada = customer();
  buyers.add(ada.customerId);
  const written = await write(ada);
  expect(written).toMatchObject({ review: { ...TEXT, status: 'PENDING', verifiedPurchase: true }, userErrors: [] });
  expect(await product('reviews { nodes { id } } rating { count }')).toEqual({
    reviews: { nodes: [] },
    rating: { count: 0 },
  });
  expect(await product('myReview { id }', ada)).toEqual({ myReview: { id: idOf(written) } });
  const { review } = await change(actors.staff, 'Publish', { id: idOf(written), expectedVersion: 1 });
  expect(review).toMatchObject({ status: 'PUBLISHED', publishedAt: NOW.toISOString() });
  expect(await product('reviews { nodes { id displayName product { slug } } } myReview { id }')).toEqual({
    reviews: { nodes: [{ id: review?.id, displayName: 'Ada L.', product: { slug: 'shirt' } }] },
    myReview: null,
  });
  expect(await rating()).toEqual({ average: 4, count: 1, distribution: [0, 0, 0, 1, 0] });
});

test('each customer has one review per product, changes it and deletes it', async () => {
  const [ada, eve] = [customer(), customer()];
  const { review } = await write(ada);
  const id = review?.id ?? '';
  expect(codes(await write(ada))).toEqual(['REVIEW_EXISTS']);
  await change(actors.staff, 'Publish', { id });
  expect(await change(eve, 'Update', { id, rating: 1 })).toMatchObject({
    review: null,
    userErrors: [{ code: 'NOT_FOUND' }],
  });
  buyers.add(ada.customerId);
  expect(await change(ada, 'Update', { id, rating: 2 })).toMatchObject({
    review: { rating: 2, title: TEXT.title, status: 'PENDING', verifiedPurchase: true },
  });
  expect(await rating()).toMatchObject({ count: 0 });
  await change(actors.staff, 'Publish', { id });
  expect(await rating()).toMatchObject({ distribution: [0, 1, 0, 0, 0] });
  expect(await change(eve, 'Delete', { id }, 'deletedId')).toMatchObject({ deletedId: null });
  expect(await change(ada, 'Delete', { id }, 'deletedId')).toEqual({ deletedId: id, userErrors: [] });
  expect(await rating()).toMatchObject({ count: 0, average: null });
  expect(codes(await write(ada))).toEqual([]);
});

test('a shop that publishes first shows reviews at once, and staff reject and answer them', async () => {
  const set = await change(
    actors.staff,
    'SettingsSet',
    { moderation: 'AFTER_PUBLICATION' },
    'reviewSettings { moderation }',
  );
  expect(set).toMatchObject({ reviewSettings: { moderation: 'AFTER_PUBLICATION' } });
  const ada = customer();
  const { review } = await write(ada, { rating: 5 });
  expect(review).toMatchObject({ status: 'PUBLISHED', verifiedPurchase: false });
  expect(await rating()).toMatchObject({ count: 1, average: 5 });
  const id = review?.id ?? '';
  expect(await change(actors.staff, 'ReplySet', { id, reply: 'Thank you' })).toMatchObject({
    review: { reply: 'Thank you' },
  });
  expect(await change(actors.staff, 'Reject', { id, reason: 'Names a person' })).toMatchObject({
    review: { status: 'REJECTED' },
  });
  expect(await rating()).toMatchObject({ count: 0 });
  expect(await product('myReview { rejectionReason }', ada)).toEqual({
    myReview: { rejectionReason: 'Names a person' },
  });
  expect(await change(ada, 'Update', { id, body: 'Better' })).toMatchObject({ review: { status: 'PENDING' } });
  expect(await change(actors.staff, 'Publish', { id, expectedVersion: 1 })).toMatchObject({
    userErrors: [{ code: 'VERSION_CONFLICT' }],
  });
});

test('a report counts once per customer, and a publication dismisses it', async () => {
  const [ada, eve, bob] = [customer(), customer(), customer()];
  const { review } = await write(ada);
  const id = review?.id ?? '';
  const report = (ctx: RequestContext) => change(ctx, 'Report', { id, reason: 'SPAM' }, 'reviewId');
  expect(codes(await report(eve))).toEqual(['NOT_FOUND']);
  await change(actors.staff, 'Publish', { id });
  expect(codes(await report(ada))).toEqual(['NOT_FOUND']);
  for (const ctx of [eve, eve, bob]) expect(await report(ctx)).toEqual({ reviewId: id, userErrors: [] });
  const reported = async () =>
    (
      await catalog.query<{ reviews: unknown }>(
        actors.staff,
        '{ reviews(filter: { reported: true }) { nodes { id reportCount version } } }',
      )
    ).reviews;
  expect(await reported()).toEqual({ nodes: [{ id, reportCount: 2, version: 2 }] });
  await change(actors.staff, 'Publish', { id });
  await report(eve);
  expect(await reported()).toEqual({ nodes: [] });
});

test('only customers write, and only staff moderate', async () => {
  const codeOf = async (ctx: RequestContext, operation: string, input: object) => {
    const document = `mutation ($input: Review${operation}Input!) { review${operation}(input: $input) { userErrors { code } } }`;
    return (await catalog.execute(ctx, document, { input })).errors?.[0]?.extensions.code;
  };
  const text = { productId, ...TEXT };
  expect(await codeOf(actors.shopper, 'Create', text)).toBe('UNAUTHENTICATED');
  expect(await write(actors.staff)).toMatchObject({ review: null, userErrors: [{ code: 'INVALID_INPUT' }] });
  const id = idOf(await write(customer()));
  expect(await codeOf(customer(), 'Publish', { id })).toBe('FORBIDDEN');
  const { errors } = await catalog.execute(customer(), '{ reviews { nodes { id } } }');
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  for (const ctx of [actors.shopper, actors.otherTenant, customer()])
    expect(await catalog.query(ctx, `{ review(id: "${id}") { id } }`)).toEqual({ review: null });
});

test('texts that are too long, on several lines or blank are refused, and products that shoppers cannot see', async () => {
  const ada = customer();
  for (const wrong of [
    { rating: 0 },
    { rating: 6 },
    { title: 'two\nlines' },
    { body: ' ' },
    { displayName: 'x'.repeat(81) },
  ])
    expect(codes(await write(ada, wrong))).toEqual(['INVALID_INPUT']);
  await catalog.services.importProducts(actors.system, [shirt({ slug: 'draft', status: 'DRAFT' })]);
  const draft = await catalog.query<{ product: { id: string } }>(actors.staff, '{ product(slug: "draft") { id } }');
  for (const unknown of [randomUUID(), draft.product.id])
    expect(codes(await write(ada, { productId: unknown }))).toEqual(['NOT_FOUND']);
});

test('a customer writes at most 20 reviews in 24 hours, also at once', async () => {
  const slugs = Array.from({ length: 24 }, (_each, index) => `sock-${index}`);
  await catalog.services.importProducts(
    actors.system,
    slugs.map((slug) => shirt({ slug })),
  );
  const { products } = await catalog.query<{ products: { nodes: { id: string; slug: string }[] } }>(
    actors.shopper,
    '{ products(first: 100) { nodes { id slug } } }',
  );
  const socks = products.nodes.filter(({ slug }) => slug.startsWith('sock-'));
  const ada = customer();
  const written = await Promise.all(socks.map(({ id }) => write(ada, { productId: id })));
  expect(written.flatMap(codes)).toEqual(Array.from({ length: 4 }, () => 'TOO_MANY_ATTEMPTS'));
  clock.advance(86_400_000);
  expect(codes(await write(ada))).toEqual([]);
});

test('reviews are sorted by time and by stars, with cursors', async () => {
  const ids: string[] = [];
  for (const stars of [3, 5, 1]) {
    clock.advance(1000);
    ids.push(idOf(await write(customer(), { rating: stars })));
    await change(actors.staff, 'Publish', { id: ids.at(-1) });
  }
  const page = async (sort: string, after: string | null = null) =>
    (
      await catalog.query<{ product: { reviews: { nodes: { id: string }[]; pageInfo: { endCursor: string } } } }>(
        actors.shopper,
        `query ($after: String) { product(slug: "shirt") { reviews(first: 2, after: $after, sort: ${sort}) { nodes { id } pageInfo { endCursor } } } }`,
        { after },
      )
    ).product.reviews;
  const order = async (sort: string) => {
    const first = await page(sort);
    const rest = await page(sort, first.pageInfo.endCursor);
    return [...first.nodes, ...rest.nodes].map(({ id }) => ids.indexOf(id));
  };
  expect(await order('NEWEST')).toEqual([2, 1, 0]);
  expect(await order('HIGHEST')).toEqual([1, 0, 2]);
  expect(await order('LOWEST')).toEqual([2, 0, 1]);
});

test('the rating adds no statement to a list of products', async () => {
  const statements = async (fields: string) => {
    const { statements: sent } = await recordQueries(() =>
      catalog.query(actors.shopper, `{ products(first: 50) { nodes { slug ${fields} } } }`),
    );
    return sent.length;
  };
  expect(await statements('rating { average count distribution }')).toBe(await statements(''));
});
