import { expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { startFixtureGateway } from '../testing/fixture-gateway.ts';
import { fixtureWorld, stockFixture } from '@souk/engine/testing';
import { startRemoteSubgraph } from '../testing/remote-subgraph.ts';
import { pino } from 'pino';
import { httpTransport } from './http-transport.ts';

const PRODUCTS = '{ products { name available } }';

test('a remote subgraph that is gone costs its own fields only, with its name and without its address', async () => {
  const remote = await startRemoteSubgraph(stockFixture(fixtureWorld()));
  const logger = pino({ level: 'silent' });
  const stock = httpTransport({ name: 'stock', url: remote.url, logger, retries: { attempts: 0 } });
  const gateway = await startFixtureGateway({ stock });
  expect((await gateway.graphql(PRODUCTS)).body).toEqual({
    data: { products: [1, 2].map((n) => ({ name: `Lamp ${n}`, available: 3 })) },
  });
  await remote.close();
  const gone = await gateway.graphql(PRODUCTS);
  expect(gone.body.data).toEqual({ products: [1, 2].map((n) => ({ name: `Lamp ${n}`, available: null })) });
  expect(gone.body.errors?.[0]).toMatchObject({
    message: 'The subgraph "stock" does not answer at the moment: try again',
    extensions: {
      code: 'SUBGRAPH_UNAVAILABLE',
      service: 'stock',
      requestId: gone.headers.get('x-request-id'),
    },
  });
  expect(JSON.stringify(gone.body)).not.toContain(new URL(remote.url).port);
  expect(gateway.logs).toEqual([]);
  const again = await startRemoteSubgraph(stockFixture(fixtureWorld()), Number(new URL(remote.url).port));
  await until(async () => (await gateway.graphql(PRODUCTS)).body.errors === undefined);
  await gateway.app.close();
  await stock.close();
  await again.close();
});
