import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What one process tells Prometheus. Nothing is global: two in one process do not mix. */
export interface ProcessMetrics {
  /** How long operations took: `souk_operation_duration_seconds`, by operation and outcome. */
  readonly operations: RequestTimes;
  /** More times under a name of their own, by what was asked and outcome. */
  times(name: string, help: string): RequestTimes;
  /** A number that is read whenever Prometheus asks; a throw is told as NaN. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** As `gauge`, a number for each set of labels; a throw is told as none at all. */
  gauges(
    name: string,
    help: string,
    labels: readonly string[],
    read: () => Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]>,
  ): void;
  /** Numbers that only grow, by one label or by none, under a name that ends in `_total`; read whenever Prometheus asks. */
  counts(name: string, help: string, label: string | null, read: () => Readonly<Record<string, number>>): void;
  /** All of it, in Prometheus' text format, and its media type. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

/** Told how long things take. */
export interface RequestTimes {
  /**
   * @param name of a bounded set: each is a series of its own for as long as the process lives.
   * @param outcome refused when its errors are the caller's to mend, error when something failed: alerts look at the latter.
   */
  observe(name: string, seconds: number, outcome: 'ok' | 'refused' | 'error'): void;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Metrics of this process, the usual ones of Node among them: CPU, memory, garbage collection, lag of the event loop.
 * @param process a label of every series: `gateway`, `orders`.
 */
export function createProcessMetrics(process: string): ProcessMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const times = (name: string, help: string) => requestTimes(registry, name, help);
  return {
    operations: times('souk_operation_duration_seconds', 'How long operations took, by operation and outcome'),
    times,
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: async () => gauge.set(await numberOf(read)),
      });
    },
    gauges(name, help, labelNames, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [registry],
        collect: async () => {
          gauge.reset();
          for (const { labels, value } of await read().catch(() => [])) gauge.set({ ...labels }, value);
        },
      });
    },
    counts(name, help, label, read) {
      const counter: Counter = new Counter({
        name,
        help,
        labelNames: label === null ? [] : [label],
        registers: [registry],
        collect: () => {
          counter.reset();
          for (const [value, count] of Object.entries(read()))
            counter.inc(label === null ? {} : { [label]: value }, count);
        },
      });
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}

async function numberOf(read: () => number | Promise<number>): Promise<number> {
  try {
    return await read();
  } catch {
    return Number.NaN; // a database that is away must not hide everything else
  }
}

function requestTimes(registry: Registry, name: string, help: string): RequestTimes {
  const histogram = new Histogram({
    name,
    help,
    labelNames: ['operation', 'outcome'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return { observe: (operation, seconds, outcome) => histogram.observe({ operation, outcome }, seconds) };
}
