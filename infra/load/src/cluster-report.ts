import type { ByKind } from './cluster-cost.ts';
import type { Loss } from './cluster-loss.ts';
import type { Recovery } from './cluster-recovery.ts';
import type { Delivery, SideResult } from './cluster-rounds.ts';
import { markdownTable } from './markdown-table.ts';
import type { Measurement } from './measure.ts';

/**
 * Formats requests per second with their durations. The ratio compares with the first arrangement: above 1 is faster.
 */
export function speedTable(results: readonly SideResult[]): string {
  const row = (name: string, pick: (result: SideResult) => Measurement) => [
    name,
    ...results.flatMap((result, index) => {
      const { perSecond, p50, p95 } = pick(result);
      const cells = [perSecond.toFixed(1), `${p50.toFixed(1)} / ${p95.toFixed(1)}`];
      return index === 0 ? cells : [...cells, ratioOf(perSecond, pick(results[0] ?? result).perSecond)];
    }),
  ];
  const head = results.flatMap(({ name }, index) => [
    `${name}, /s`,
    'p50 / p95 ms',
    ...(index === 0 ? [] : [`times ${results[0]?.name}`]),
  ]);
  return markdownTable(
    ['', ...head],
    [row('product list', ({ list }) => list), row('full checkout', ({ checkout }) => checkout)],
  );
}

/**
 * Formats the delay from a commit to its frame, as p50 and p95. The ratio compares with the first arrangement: below 1
 * is faster.
 */
export function deliveryTable(results: readonly SideResult[]): string {
  const row = (name: string, pick: (result: SideResult) => Delivery) => [
    name,
    ...results.flatMap((result, index) => {
      const [{ p50, p95 }, first] = [pick(result), pick(results[0] ?? result)];
      const cell = `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
      return index === 0 ? [cell] : [cell, `${ratioOf(p50, first.p50)} / ${ratioOf(p95, first.p95)}`];
    }),
  ];
  const head = results.flatMap(({ name }, index) => [
    `${name}, p50 / p95 ms`,
    ...(index === 0 ? [] : [`times ${results[0]?.name}`]),
  ]);
  return markdownTable(
    ['commit of a change to the frame at a socket', ...head],
    [row('one buyer at a time', ({ quietly }) => quietly), row('all buyers', ({ underLoad }) => underLoad)],
  );
}

/** Formats CPU time per request, by kind of process. */
export function costTable(results: readonly SideResult[]): string {
  const kinds = [...new Set(results.flatMap(({ listCost }) => [...listCost.keys()]))];
  const costs: readonly (readonly [string, ByKind])[] = [
    ...results.map(({ name, listCost }) => [`list, ${name}`, listCost] as const),
    ...results.map(({ name, checkoutCost }) => [`checkout, ${name}`, checkoutCost] as const),
  ];
  const sum = (cost: ByKind) => [...cost.values()].reduce((total, each) => total + each, 0);
  return markdownTable(
    ['CPU ms for each', ...costs.map(([name]) => name)],
    [
      ...kinds.map((kind) => [kind, ...costs.map(([, cost]) => cost.get(kind)?.toFixed(2) ?? '')]),
      ['together', ...costs.map(([, cost]) => sum(cost).toFixed(2))],
    ],
  );
}

/** Formats the recovery of lists, checkouts and deliveries after the loss. */
export function lossTable({ list, checkout, delivery }: Loss): string {
  const row = (name: string, { firstMs, steadyMs, failed, succeeded, longestMs }: Recovery) => [
    name,
    firstMs?.toFixed(0) ?? 'never',
    steadyMs?.toFixed(0) ?? 'not during the observation',
    `${failed} of ${failed + succeeded}`,
    longestMs.toFixed(0),
  ];
  return markdownTable(
    ['after SIGKILL of one of each', 'first success, ms', 'steady from, ms', 'failed', 'longest, ms'],
    [row('product list', list), row('full checkout', checkout), row('change delivered to a subscriber', delivery)],
  );
}

/**
 * Compares a cluster before the loss and after the recovery. The ratio is the later value divided by the earlier value:
 * above 1 is better for rates, and below 1 is better for delays.
 */
export function afterwardsTable(before: SideResult, afterwards: SideResult): string {
  const rate = (name: string, pick: (result: SideResult) => number) => [
    name,
    pick(before).toFixed(1),
    pick(afterwards).toFixed(1),
    ratioOf(pick(afterwards), pick(before)),
  ];
  return markdownTable(
    ['', 'before', 'afterwards', 'times'],
    [
      rate('product list, /s', ({ list }) => list.perSecond),
      rate('full checkout, /s', ({ checkout }) => checkout.perSecond),
      rate('delivery p50, ms, one buyer at a time', ({ quietly }) => quietly.p50),
      rate('delivery p95, ms, one buyer at a time', ({ quietly }) => quietly.p95),
    ],
  );
}

const ratioOf = (number: number, to: number): string => (number / to).toFixed(2);
