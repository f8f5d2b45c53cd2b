import { expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import { ORDERS } from './testing/operations.ts';
import { orderJourneys } from './testing/order-journeys.ts';

const souk = orderJourneys({ engine: { engine: 'apollo', shadow: { share: 1 } } });

/** Reads the number of shadow runs from the metrics, by outcome. */
async function shadowRuns(): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${souk().url}/metrics`)).text();
  const samples = text.matchAll(/^souk_gateway_shadow_runs_total\{.*outcome="(\w+)".*\} (\d+)$/gm);
  return Object.fromEntries([...samples].map(([, outcome, count]) => [outcome, Number(count)]));
}

test('the engines have given the same answers to the queries of these journeys', async () => {
  const { agreed: before = 0 } = await shadowRuns();
  await souk().data(ORDERS, {}, souk().owner);
  await until(async () => ((await shadowRuns())['agreed'] ?? 0) > before);
  expect(await shadowRuns()).toMatchObject({ differed: 0, failed: 0 });
});
