import type { SubgraphMeasure } from '@souk/kit/runtime';
import type { ProcessMetrics } from './process-metrics.ts';

interface Backlog {
  readonly events: number;
  readonly lagSeconds: number;
  readonly parked: number;
}

/** The parts of a subgraph, or of its worker, from which metrics are read. */
export interface MeasuredSubgraph {
  readonly name: string;
  pool(): Promise<{
    readonly inUse: number;
    readonly idle: number;
    readonly waiting: number;
    readonly most: number;
  }>;
  /** The backlog of the outbox. Absent for a worker, which shares the outbox of its subgraph. */
  backlog?(): Promise<Backlog>;
  /** The metrics of the subgraph's business. Absent for a worker. */
  readonly measures?: readonly SubgraphMeasure[];
}

/** Adds metrics of the Postgres pool and the outbox of each subgraph, labeled by its name, and the metrics of its business. */
export function addSubgraphMetrics(metrics: ProcessMetrics, subgraphs: readonly MeasuredSubgraph[]): void {
  addPoolMetrics(metrics, subgraphs);
  for (const { measures = [] } of subgraphs) for (const measure of measures) addMeasure(metrics, measure);
  const backlogs = (of: keyof Backlog) =>
    valuesOf(subgraphs, async (subgraph) => {
      const backlog = await subgraph.backlog?.();
      return backlog ? [{ labels: {}, value: backlog[of] }] : [];
    });
  metrics.gauges('souk_outbox_events', 'Events that are committed and not yet published', ['subgraph'], () =>
    backlogs('events'),
  );
  metrics.gauges('souk_outbox_lag_seconds', 'How long the oldest event has waited to be published', ['subgraph'], () =>
    backlogs('lagSeconds'),
  );
  metrics.gauges(
    'souk_outbox_parked_events',
    'Events that cannot be published and wait for an operator',
    ['subgraph'],
    () => backlogs('parked'),
  );
}

function addMeasure(metrics: ProcessMetrics, measure: SubgraphMeasure): void {
  const { name, help } = measure;
  if (measure.kind === 'GAUGE') metrics.gauge(name, help, () => measure.read());
  else metrics.counts(name, help, null, () => ({ all: measure.read() }));
}

function addPoolMetrics(metrics: ProcessMetrics, subgraphs: readonly MeasuredSubgraph[]): void {
  metrics.gauges(
    'souk_database_pool_connections',
    'Connections to Postgres, by subgraph and state',
    ['subgraph', 'state'],
    () =>
      valuesOf(subgraphs, async (subgraph) => {
        const { inUse, idle } = await subgraph.pool();
        return [
          { labels: { state: 'in_use' }, value: inUse },
          { labels: { state: 'idle' }, value: idle },
        ];
      }),
  );
  metrics.gauges(
    'souk_database_pool_max_connections',
    'How many connections to Postgres there may be',
    ['subgraph'],
    () => valuesOf(subgraphs, async (subgraph) => [{ labels: {}, value: (await subgraph.pool()).most }]),
  );
  metrics.gauges(
    'souk_database_pool_waiting_requests',
    'Transactions and reads that wait for a connection to Postgres',
    ['subgraph'],
    () => valuesOf(subgraphs, async (subgraph) => [{ labels: {}, value: (await subgraph.pool()).waiting }]),
  );
}

interface Value {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The values of every subgraph that can be read. An unreachable database of one subgraph must not hide the values of the others. */
async function valuesOf(
  subgraphs: readonly MeasuredSubgraph[],
  read: (subgraph: MeasuredSubgraph) => Promise<readonly Value[]>,
): Promise<Value[]> {
  const values = await Promise.all(
    subgraphs.map(async (subgraph) => {
      const own = await read(subgraph).catch(() => []);
      return own.map(({ labels, value }) => ({ labels: { subgraph: subgraph.name, ...labels }, value }));
    }),
  );
  return values.flat();
}
