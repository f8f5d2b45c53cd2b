import { afterEach, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from '@souk/kit/testing';
import { openEventStream } from '../testing/event-stream.ts';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.ts';

const gateways: FixtureGateway[] = [];
afterEach(async () => {
  for (const { app } of gateways.splice(0)) await app.close();
});

async function start(engine: 'own' | 'apollo'): Promise<FixtureGateway> {
  const gateway = await startFixtureGateway({ engine });
  gateways.push(gateway);
  return gateway;
}

const OPERATIONS = [
  '{ products { id name available warehouse } }',
  '{ products { id name cost code supplier { name } available } orders { id total } me }',
  '{ anything { __typename ... on Product { name cost } ... on Order { total } } }',
  'query ($with: Boolean = true) { product(id: "1") { name @skip(if: $with) available @include(if: $with) } }',
  'mutation { ping }',
  'mutation { productRename(id: "1", name: "x") { name } }',
  'mutation ($id: ID! = "1") { productRename(id: $id, name: "x") { ...Named } } fragment Named on Product { name }',
  'query ($with: Boolean = true) { orders { id } products { id cost @include(if: $with) } }',
  '{ crash deny refuse products { id } }',
  '{ __schema { queryType { name } } products { id } }',
];

/** The client's answer, with its errors sorted. */
async function answerOf(gateway: FixtureGateway, query: string, scope: string | null) {
  const token = scope === null ? null : await gateway.identity.token({ scope });
  const { status, body } = await gateway.graphql(query, token === null ? {} : { authorization: `Bearer ${token}` });
  const errors = (body.errors ?? []).map(({ message, path, extensions: { requestId, ...extensions } }) =>
    JSON.stringify([message, path, extensions, typeof requestId]),
  );
  return { status, data: body.data, errors: errors.toSorted() };
}

test.each([null, '', 'products:manage', 'orders:read'])(
  'the reference engine answers like the own engine, for an actor with the scope %j',
  async (scope) => {
    const [own, reference] = [await start('own'), await start('apollo')];
    for (const query of OPERATIONS) {
      expect(await answerOf(reference, query, scope)).toEqual(await answerOf(own, query, scope));
    }
  },
);

test('the own engine serves subscriptions, whichever engine is chosen', async () => {
  const { url, world, gateway } = await start('apollo');
  const stream = await openEventStream(url, { query: 'subscription { productChanged { name available } }' });
  await until(() => world.events.listenerCount('productChanged') === 1);
  world.events.emit('productChanged', '1');
  await until(() => gateway.subscriptionCounts().answers > 0);
  await gateways.splice(0)[0]?.app.close();
  expect(await stream.events).toContainEqual(['next', { data: { productChanged: { name: 'Lamp 1', available: 3 } } }]);
});

/** Starts a gateway in its own process, and lists the loaded modules of Apollo's two packages. */
async function loadedBy(options: object): Promise<readonly string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({
      load(url, context, next) {
        const [, name] = /node_modules.(@apollo.(?:gateway|server))./.exec(url) ?? [];
        if (name) loaded.add(name);
        return next(url, context);
      },
    });
    const { startFixtureGateway } = await import(${JSON.stringify(FIXTURE)});
    const gateway = await startFixtureGateway(${JSON.stringify(options)});
    const { body } = await gateway.graphql('{ products { name available } }');
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    await gateway.app.close();
    console.log(JSON.stringify([...loaded].sort()));`;
  const { stdout } = await promisify(execFile)(process.execPath, [...FROM_SOURCE, '--eval', script]);
  return JSON.parse(stdout);
}

const FIXTURE = new URL('../testing/fixture-gateway.ts', import.meta.url).href;
/** Node options that run TypeScript sources without a build. */
const FROM_SOURCE = [
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--conditions=souk-source',
  '--input-type=module',
];

test('without either setting neither of the packages is loaded', async () => {
  expect(await loadedBy({})).toEqual([]);
});

test.each([{ engine: 'apollo' }, { shadow: { share: 0.01 } }])('%j loads both', async (options) => {
  expect(await loadedBy(options)).toEqual(['@apollo/gateway', '@apollo/server']);
});
