import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * The Prometheus metrics of one process. The metrics do not use prom-client's global registry, so several instances in one process stay
 * separate.
 */
export interface ProcessMetrics {
  /** Durations of operations: `souk_operation_duration_seconds`, by operation and outcome. */
  readonly operations: RequestTimes;
  /** Records durations under another metric name, by operation and outcome. */
  times(name: string, help: string): RequestTimes;
  /** Adds a gauge whose value is read at every scrape. When `read` throws, the value is NaN. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** Adds a gauge with one value per set of labels. When reading throws, the gauge has no series. */
  gauges(
    name: string,
    help: string,
    labels: readonly string[],
    read: () => Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]>,
  ): void;
  /** Adds counters that are read at every scrape. The name must end in `_total`. The counters have one label at most. */
  counts(name: string, help: string, label: string | null, read: () => Readonly<Record<string, number>>): void;
  /** All metrics in Prometheus' text format, and the media type. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

/** A histogram of durations, by name and outcome. */
export interface RequestTimes {
  /**
   * @param name one of a bounded set of names, because each name is a time series that lives as long as the process
   * @param seconds the duration
   * @param outcome `refused` for errors that the caller must correct, `error` for failures. Alerts use `error`.
   */
  observe(name: string, seconds: number, outcome: 'ok' | 'refused' | 'error'): void;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Creates the metrics of this process, including Node's default metrics: CPU, memory, garbage collection, event loop lag.
 * @param process a label of every series: `gateway`, `orders`
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
    return Number.NaN; // an unreachable database must not hide the other metrics
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
