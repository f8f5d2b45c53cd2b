import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { OperationManifest } from '../persisted/manifest.ts';
import { fixtureRoute } from '../testing/fixture-route.ts';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

const body = 'query Shelf { shelf { id name } }';
const id = createHash('sha256').update(body).digest('hex');
const RENAME = { rel: 'rename', method: 'POST', path: '/shelves/{id}/rename', values: { id: ['id'] } };
const FOR_STAFF = { ...RENAME, requires: { clauses: [[['products:manage']]] } };

let fixture: FixtureGateway;
beforeAll(async () => {
  const answer = { ...fixtureRoute().answer, root: 'shelf', refusals: false };
  const route = fixtureRoute({ operation: 'Shelf', id, method: 'GET', path: '/shelf', answer, links: [FOR_STAFF] });
  const table = { generated: '', basePath: '/api/v1', refusals: {}, refusalTexts: {}, routes: [route] };
  const manifest: OperationManifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id, body, name: 'Shelf', type: 'query' }],
  };
  fixture = await startFixtureGateway({ operations: { manifest }, rest: { table, openapi: OPENAPI, guide: '' } });
});
afterAll(() => fixture.app.close());

const OPENAPI = JSON.stringify({
  info: { title: '', version: '1.0.0', description: '' },
  servers: [],
  tags: [],
  paths: {},
  components: { schemas: {}, responses: {}, parameters: {} },
});

async function linksFor(headers: Record<string, string>) {
  const response = await fetch(`${fixture.url}/api/v1/shelf`, { headers });
  const { _links } = (await response.json()) as { readonly _links: object };
  return { links: Object.keys(_links).toSorted(), kept: response.headers.get('cache-control')?.startsWith('public') };
}

test('a cached answer for anonymous callers has no links of earlier or later callers', async () => {
  const staff = { authorization: `Bearer ${await fixture.identity.token({ scope: 'products:manage' })}` };
  const user = { authorization: `Bearer ${await fixture.identity.token()}` };
  const asked = [staff, {}, staff, {}, user, {}];
  const answers = [];
  for (const headers of asked) answers.push(await linksFor(headers));
  const own = { links: ['rename', 'self'], kept: false };
  const kept = { links: ['self'], kept: true };
  expect(answers).toEqual([own, kept, own, kept, { links: ['self'], kept: false }, kept]);
  // Anonymous callers share one answer, so the field ran once for all of them.
  expect(fixture.world.ran.filter((each) => each === 'shelf')).toHaveLength(4);
});

test('an answer with the links of one caller is not served to a caller with fewer links', async () => {
  const staff = { authorization: `Bearer ${await fixture.identity.token({ scope: 'products:manage' })}` };
  const url = `${fixture.url}/api/v1/shelf`;
  const etag = (await fetch(url, { headers: staff })).headers.get('etag') ?? '';
  expect(etag).not.toBe('');
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(200);
  expect((await fetch(url, { headers: { ...staff, 'if-none-match': etag } })).status).toBe(304);
});
