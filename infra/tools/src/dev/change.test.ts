import { expect, test } from '@jest/globals';
import { changeOf } from './change.ts';

test.each([
  ['gateway/src/http/app.ts', 'gateway', 'src/http/app.ts'],
  ['gateway/engine/src/plan/node.ts', 'gateway/engine', 'src/plan/node.ts'],
  ['subgraphs/orders/src/order/order.ts', 'subgraphs/orders', 'src/order/order.ts'],
  ['infra/demo/src/shops/words.txt', 'infra/demo', 'src/shops/words.txt'],
])('%s is built', (path, folder, file) => {
  expect(changeOf(path)).toEqual({ kind: 'SOURCE', folder, file });
});

test.each([
  'supergraph.yaml',
  'subgraphs/orders/schema.graphql',
  'subgraphs/orders/migrations/0001_orders.sql',
  'clients/operations/manifest.json',
])('%s is read when the server starts', (path) => {
  expect(changeOf(path)).toEqual({ kind: 'DATA' });
});

test.each([
  'gateway/src/http/app.test.ts',
  'gateway/src/http/.app.ts.swp',
  'gateway/src/http/app.ts~',
  'gateway/dist/http/app.js',
  'clients/operations/carts/carts.graphql',
  'README.md',
])('%s means nothing to the server', (path) => {
  expect(changeOf(path)).toBeNull();
});
