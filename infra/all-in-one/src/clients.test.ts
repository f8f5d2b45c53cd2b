import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { createClientProject, type ClientProject } from './testing/client-project.ts';
import { COMPILERS } from './testing/compilers.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from './testing/test-souk.ts';
import { OWNER, type Article } from './testing/test-shop.ts';

// docs/clients.md: each file is compiled and run with the published client that it is about.

let estate: TestEstate;
let souk: TestSouk;
let project: ClientProject;
let articles: readonly Article[];
beforeAll(async () => {
  estate = await openEstate();
  souk = await startTestSouk(estate);
  articles = [await souk.shop.offer({ north: 100, south: 0 }), await souk.shop.offer({ north: 100, south: 0 })];
  project = await createClientProject(onTestSouk);
});
afterAll(async () => {
  project.remove();
  await souk.stop();
  await estate.database.drop();
});

/** The page speaks of the demo shop, on the port of `npm start`. */
function onTestSouk(code: string): string {
  return code
    .replaceAll('127.0.0.1:4000', souk.url.replace('http://', ''))
    .replace('owner@demo.test', OWNER.email)
    .replace('demo-owner-password', OWNER.password);
}

/** As the page's files print them: the newest first. */
const names = () =>
  `${articles
    .map(({ name }) => name)
    .toReversed()
    .join(', ')}\n`;

test.each(['urql', 'tada', 'codegen-products'])('the file %s.ts reads two products', async (file) => {
  expect(await project.run(file)).toBe(names());
});

test.each(COMPILERS)('what graphql-codegen wrote compiles under TypeScript %s', async (_version, compiler) => {
  expect(await project.check('codegen-products', compiler)).toBe('');
});

test('Relay reads two products, and one of them again by its global id', async () => {
  const printed = (await project.run('relay')).split('\n');
  const newest = articles.at(-1);
  expect(`${printed[0]}\n`).toBe(names());
  expect(JSON.parse(printed[1] ?? '')).toMatchObject({
    name: newest?.name,
    variants: { nodes: [{ sku: newest?.sku }] },
  });
});

/** Whenever it subscribes, something happens to an order. */
async function orderUntil(isOver: () => boolean, article: Article): Promise<void> {
  while (!isOver()) await souk.buyer.order(article);
}

test('Apollo Client joins pages, logs in, and is told of an order', async () => {
  const [article] = articles;
  if (!article) throw new Error('There is nothing to buy');
  let isOver = false;
  const running = project.run('apollo').finally(() => (isOver = true));
  const [ran] = await Promise.allSettled([running, orderUntil(() => isOver, article)]);
  expect(ran).toMatchObject({ status: 'fulfilled' });
  const [first, told] = (await running).split('\n');
  expect([`${first}\n`, told]).toEqual([names(), expect.stringMatching(/^[A-Z_]+$/)]);
});

/** graphcache knows these by their names, or keeps nothing of them. */
const NAMES = /(Connection|Edge|PageInfo|Payload|Error)$/;
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

test('the page names every type that has no key', () => {
  const schema = buildSchema(readFileSync(new URL('../../../clients/sdk/schema.graphql', import.meta.url), 'utf8'));
  const parts = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !('id' in type.getFields()))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('__') && !NAMES.test(name) && !ROOTS.has(name));
  const named = Array.from(
    project.files.get('graphcache-keys.ts')?.matchAll(/^ {2}'(\w+)'/gm) ?? [],
    ([, name]) => name,
  );
  expect(named).toEqual(parts.toSorted());
});
