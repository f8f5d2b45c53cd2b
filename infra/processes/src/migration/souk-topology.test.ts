import { expect, test } from '@jest/globals';
import { soukTopology } from './souk-topology.ts';

test('every subgraph that publishes has a stream, and every subscriber its consumers', () => {
  const { streams, consumers } = soukTopology();
  expect(streams.flatMap(({ subjects }) => subjects)).toEqual(
    expect.arrayContaining(['accounts', 'catalog', 'inventory', 'orders', 'payments'].map((name) => `souk.${name}.>`)),
  );
  const durables = consumers.map(({ config }) => config.durable_name).join('\n');
  for (const subscriber of ['catalog', 'accounts', 'orders']) expect(durables).toContain(subscriber);
});
