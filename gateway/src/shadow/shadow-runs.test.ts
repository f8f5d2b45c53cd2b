import { afterEach, expect, test } from '@jest/globals';
import type { ReadyOperation, ReferenceExecutor, ReferenceFactory } from '@souk/engine/execution';
import { ApolloExecutor } from '@souk/engine/reference';
import type { SubgraphTransport } from '@souk/engine/subgraphs';
import { until } from '@souk/kit/testing';
import { openEventStream } from '../testing/event-stream.ts';
import { startFixtureGateway, type FixtureGateway, type FixtureOptions } from '../testing/fixture-gateway.ts';
import type { ShadowCounts, ShadowOptions } from './shadow-runs.ts';

let gateway: FixtureGateway;
afterEach(() => gateway.app.close());

async function start(shadow: Partial<ShadowOptions>, options: FixtureOptions = {}): Promise<void> {
  gateway = await startFixtureGateway({ shadow: { share: 1, ...shadow }, ...options });
}

/** Apollo's reference executor, with methods that the test replaces. */
function reference(change: (apollo: ReferenceExecutor) => Partial<ReferenceExecutor>): ReferenceFactory {
  return (parts) => {
    const apollo = new ApolloExecutor(parts);
    return { start: () => apollo.start(), outcomeOf: (ready) => apollo.outcomeOf(ready), ...change(apollo) };
  };
}

/** An executor whose answers lack the last product. */
const forgetful = reference((apollo) => ({
  async outcomeOf(ready) {
    const { result, succeeded } = await apollo.outcomeOf(ready);
    const products = result.data?.['products'];
    const data = Array.isArray(products) ? { ...result.data, products: products.slice(0, -1) } : result.data;
    return { result: { ...result, ...(data && { data }) }, succeeded };
  },
}));

const counted = (counts: Partial<ShadowCounts>) =>
  until(() => {
    const present = gateway.gateway.shadowCounts();
    return Object.entries(counts).every(([name, count]) => present?.[name as keyof ShadowCounts] === count);
  });

test('equal answers of both engines are counted', async () => {
  await start({});
  await gateway.graphql('{ products { name available } }');
  await gateway.graphql('{ orders { id } products { cost } crash }');
  await counted({ agreed: 2 });
  expect(gateway.gateway.shadowCounts()).toEqual({ agreed: 2, differed: 0, unsettled: 0, failed: 0, skipped: 0 });
});

test('a wrong executor is detected: the difference is counted, and logged with the plan and without data', async () => {
  await start({ reference: forgetful });
  const query = 'query Lamps { products { name available } echo(text: "4711-secret") }';
  await gateway.graphql(query);
  await counted({ differed: 1 });
  const [line = ''] = gateway.logs.filter((each) => each.includes('shadow run differs'));
  expect(JSON.parse(line)).toMatchObject({
    operation: 'Lamps',
    id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    places: ['products'],
    plan: expect.stringMatching(/Fetch\(service: "catalog"\)[^]*echo\(text: ""\)[^]*Fetch\(service: "stock"\)/),
  });
  expect(gateway.logs.join()).not.toMatch(/4711|Lamp 1/);
});

test('mutations and subscriptions never run a second time', async () => {
  const kinds: string[] = [];
  const noted = (apollo: ReferenceExecutor) => ({
    outcomeOf(ready: ReadyOperation) {
      kinds.push(ready.kind);
      return apollo.outcomeOf(ready);
    },
  });
  await start({ reference: reference(noted) });
  await gateway.graphql('mutation { ping }');
  const stream = await openEventStream(gateway.url, { query: 'subscription { productChanged { name available } }' });
  await until(() => gateway.world.events.listenerCount('productChanged') === 1);
  gateway.world.events.emit('productChanged', '1');
  await until(() => gateway.gateway.subscriptionCounts().answers > 0);
  stream.leave();
  await gateway.graphql('{ products { id } }');
  await counted({ agreed: 1 });
  expect(kinds).toEqual(['query']);
  expect(gateway.world.ran).toEqual(['ping']);
});

test('the other engine runs after the answer has left', async () => {
  const gate = Promise.withResolvers<void>();
  const waiting = (apollo: ReferenceExecutor) => ({
    async outcomeOf(ready: ReadyOperation) {
      await gate.promise;
      return apollo.outcomeOf(ready);
    },
  });
  await start({ reference: reference(waiting) });
  const { body } = await gateway.graphql('{ products { id } }');
  expect(body.data).toBeDefined();
  expect(gateway.gateway.shadowCounts()).toMatchObject({ agreed: 0 });
  gate.resolve();
  await counted({ agreed: 1 });
});

test('runs beyond four at a time are skipped', async () => {
  const gate = Promise.withResolvers<void>();
  const waiting = (apollo: ReferenceExecutor) => ({
    async outcomeOf(ready: ReadyOperation) {
      await gate.promise;
      return apollo.outcomeOf(ready);
    },
  });
  await start({ reference: reference(waiting) });
  for (let count = 0; count < 6; count += 1) await gateway.graphql('{ products { id } }');
  expect(gateway.gateway.shadowCounts()).toMatchObject({ agreed: 0, skipped: 2 });
  gate.resolve();
  await counted({ agreed: 4, skipped: 2 });
});

test('the share decides which queries run twice', async () => {
  const drawn = [0.01, 0, 0.5, 0.009];
  await start({ share: 0.01, random: () => drawn.shift() ?? 1 });
  for (let count = 0; count < 5; count += 1) await gateway.graphql('{ products { id } }');
  await counted({ agreed: 2 });
  expect(drawn).toEqual([]);
});

test('an engine that fails is counted, and its message is not logged, because it may quote the client', async () => {
  const broken = () => ({ outcomeOf: () => Promise.reject(new TypeError('got invalid value 4711')) });
  await start({ reference: reference(broken) });
  await gateway.graphql('{ products { id } }');
  await counted({ failed: 1 });
  expect(gateway.logs.join()).toContain('"reason":"TypeError"');
  expect(gateway.logs.join()).not.toContain('4711');
});

/** A subgraph whose stock increases with each fetch, up to a maximum. */
function stockThatGrows(most: number): SubgraphTransport {
  let available = 0;
  return {
    async fetch({ variables }) {
      available = Math.min(most, available + 1);
      const { representations } = variables as { readonly representations: readonly object[] };
      return { data: { _entities: representations.map(() => ({ __typename: 'Product', available })) } };
    },
    subscribe: async () => ({ errors: [] }),
  };
}

test('data that has changed between two runs is not a difference', async () => {
  await start({}, { stock: stockThatGrows(2) });
  await gateway.graphql('{ products { available } }');
  await counted({ agreed: 1, differed: 0 });
});

test('data that keeps changing is counted as unsettled', async () => {
  await start({}, { stock: stockThatGrows(100) });
  await gateway.graphql('{ products { available } }');
  await counted({ unsettled: 1, differed: 0 });
  expect(gateway.logs).toEqual([]);
});
