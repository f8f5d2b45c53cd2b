import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { createClientProject, type ClientProject } from './testing/client-project.ts';
import { COMPILERS } from './testing/compilers.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';
import { OWNER, type Article } from './testing/test-shop.ts';

// Compiles each file of docs/clients.md, and runs it with the published GraphQL client that its section describes.

let installation: TestInstallation;
let souk: TestSouk;
let project: ClientProject;
let articles: readonly Article[];
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  articles = [await souk.shop.offer({ north: 100, south: 0 }), await souk.shop.offer({ north: 100, south: 0 })];
  project = await createClientProject(onTestSouk);
});
afterAll(async () => {
  project.remove();
  await souk.stop();
  await installation.database.drop();
});

/** Replaces the demo shop and the port of `npm start` by the shop and the port of the test. */
function onTestSouk(code: string): string {
  return code
    .replaceAll('127.0.0.1:4000', souk.url.replace('http://', ''))
    .replace('owner@demo.test', OWNER.email)
    .replace('demo-owner-password', OWNER.password);
}

/** The names of the products, newest first, as the files of docs/clients.md print them. */
const names = () =>
  `${articles
    .map(({ name }) => name)
    .toReversed()
    .join(', ')}\n`;

test.each(['urql', 'tada', 'codegen-products'])('the file %s.ts reads two products', async (file) => {
  expect(await project.run(file)).toBe(names());
});

test.each(COMPILERS)('the output of graphql-codegen compiles under TypeScript %s', async (_version, compiler) => {
  expect(await project.check('codegen-products', compiler)).toBe('');
});

test('Relay reads two products, and refetches one by its global id', async () => {
  const printed = (await project.run('relay')).split('\n');
  const newest = articles.at(-1);
  expect(`${printed[0]}\n`).toBe(names());
  expect(JSON.parse(printed[1] ?? '')).toMatchObject({
    name: newest?.name,
    variants: { nodes: [{ sku: newest?.sku }] },
  });
});

/** Places orders until `isOver`, because the test cannot know when the client's subscription has begun. */
async function orderUntil(isOver: () => boolean, article: Article): Promise<void> {
  while (!isOver()) await souk.buyer.order(article);
}

test('Apollo Client joins pages, logs in, and receives an event of an order', async () => {
  const [article] = articles;
  if (!article) throw new Error('The test shop has no article.');
  let isOver = false;
  const running = project.run('apollo').finally(() => (isOver = true));
  const [ran] = await Promise.allSettled([running, orderUntil(() => isOver, article)]);
  expect(ran).toMatchObject({ status: 'fulfilled' });
  const [first, event] = (await running).split('\n');
  expect([`${first}\n`, event]).toEqual([names(), expect.stringMatching(/^[A-Z_]+$/)]);
});

/** Matches types that docs/clients.md does not list, because graphcache recognizes them by the end of their names. */
const NAMES = /(Connection|Edge|PageInfo|Payload|Error)$/;
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

test('the page lists every type without a key', () => {
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
