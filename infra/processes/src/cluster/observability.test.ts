import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { DEMO_TENANT } from '@souk/demo/shops';
import { until } from '@souk/kit/testing';
import { z } from 'zod';
import { Buyer, type BoughtOrder } from '../drills/load/buyer.ts';
import { LoadLog } from '../drills/load/load-log.ts';
import { openShop, type Article } from '../drills/load/shop.ts';
import { SteadyClient } from '../drills/load/steady-client.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { missingEngines } from './engines.ts';
import { readClusterEnvironment } from './environment.ts';

const { path } = readClusterEnvironment();
const missing = missingEngines(path);
const suite = missing.length === 0 ? describe : describe.skip;
const QUIET = {
  say: () => undefined,
  step: async <Value>(_label: string, work: () => Value | Promise<Value>) => work(),
};
/** A timeout that suffices on a busy machine, in ms. */
const A_LONG_TIME = 240_000;

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CLIENT_SPAN = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${CLIENT_SPAN}-01`;

suite(
  `metrics, traces and logs of a cluster${missing.length === 0 ? '' : ` (apt-get install ${missing.join(' ')})`}`,
  () => {
    let cluster: Cluster;
    let dataDir: string;
    let collector: Collector;
    let article: Article;
    beforeAll(async () => {
      await ensureBuilt(QUIET);
      collector = await startCollector();
      dataDir = mkdtempSync(join(tmpdir(), 'souk-cluster-'));
      cluster = await startCluster({
        host: '127.0.0.1',
        port: 0,
        logLevel: 'info',
        drainMs: 100,
        dataDir,
        path,
        steps: QUIET,
        copiesOf: () => 1,
        variables: {
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
          OTEL_TRACES_SAMPLER_ARG: '0',
        },
      });
      const { articles } = await openShop(cluster.url);
      const [first] = articles;
      if (!first) throw new Error('the demo shop sells nothing');
      article = first;
    }, A_LONG_TIME);
    afterAll(async () => {
      await cluster.stop();
      await collector.close();
      rmSync(dataDir, { recursive: true });
    }, A_LONG_TIME);

    test(
      'a checkout is one trace across all processes involved',
      async () => {
        expect(await checkOut(cluster.url, article)).toEqual({ order: expect.anything(), reason: null });
        const saga = 'saga checkout < fetch orders < mutation CheckoutComplete < the client';
        const placed = `publish orders.order.placed < ${saga}`;
        const expected = [
          `souk-orders: ${saga}`,
          `souk-orders: command inventory.reserve < ${saga}`,
          `souk-payments: publish payments.payment.changed < command payments.capture < ${saga}`,
          `souk-orders: ${placed}`,
          `souk-accounts: process orders.order.placed < ${placed}`,
          `souk-orders: process accounts.customer.recognized < publish accounts.customer.recognized < process orders.order.placed < ${placed}`,
        ];
        const pathsNow = () => collector.spans(TRACE).map((span) => `${span.service}: ${pathOf(collector, span)}`);
        const paths = await until(() => {
          const found = pathsNow();
          return expected.every((each) => found.includes(each)) && found;
        }).catch(() => pathsNow());
        expect(expected.filter((each) => !paths.includes(each))).toEqual([]);
        expect(paths.filter((each) => !each.endsWith('< the client'))).toEqual([]);
      },
      A_LONG_TIME,
    );

    test(
      'log lines of subgraphs and gateway name the request, the tenant and the trace',
      async () => {
        const payments = cluster.members.find(({ kind }) => kind === 'payments');
        await payments?.process.stop();
        expect(await checkOut(cluster.url, article)).toMatchObject({ order: null });
        await payments?.process.start();
        const lines = await until(() => {
          const found = logLines(dataDir).filter(({ traceId }) => traceId === TRACE);
          return new Set(found.map(({ process }) => process)).has('orders') && found;
        });
        for (const line of lines) {
          expect(line).toMatchObject({ requestId: expect.any(String), tenantId: DEMO_TENANT.id });
        }
      },
      A_LONG_TIME,
    );

    test('dashboards and alerts use only metrics that the processes serve', async () => {
      const served = new Map<string, string>();
      for (const { metricsUrl } of cluster.members) {
        const text = await (await fetch(metricsUrl)).text();
        for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) served.set(name, type);
      }
      const series = new Set([...served].flatMap(([name, type]) => seriesOf(name, type)));
      const asked = askedMetrics(`${ROOT}/infra/observability`);
      expect(asked.size).toBeGreaterThan(10);
      expect([...asked].filter((name) => !series.has(name))).toEqual([]);
      // In Prometheus' naming rules only counters end in `_total`: https://prometheus.io/docs/practices/naming/
      const ours = [...served].filter(([name]) => name.startsWith('souk_'));
      expect(ours.filter(([name, type]) => name.endsWith('_total') !== (type === 'counter'))).toEqual([]);
    });
  },
);

interface Span {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
}

interface Collector {
  readonly url: string;
  spans(traceId: string): readonly Span[];
  close(): Promise<void>;
}

/** The fields of an OTLP trace export in JSON that the tests read: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
const exportRequest = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) })),
      }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

async function startCollector(): Promise<Collector> {
  const received: Span[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = exportRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
      for (const { resource, scopeSpans } of resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        received.push(...scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service }))));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    spans: (traceId) => received.filter((span) => span.traceId === traceId),
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The names of a span and its parents: `command inventory.reserve < saga checkout < ... < the client`. */
function pathOf(collector: Collector, { name, traceId, parentSpanId }: Span): string {
  const parent = collector.spans(traceId).find(({ spanId }) => spanId === parentSpanId);
  if (parent) return `${name} < ${pathOf(collector, parent)}`;
  return `${name} < ${parentSpanId === CLIENT_SPAN ? 'the client' : 'nowhere'}`;
}

/** Makes one attempt to buy an article. `order` is null when the purchase failed. */
async function checkOut(url: string, article: Article): Promise<{ order: BoughtOrder | null; reason: string | null }> {
  const log = new LoadLog();
  const client = new SteadyClient({ url, headers: { traceparent: TRACEPARENT }, log, giveUpAfterMs: 0 });
  const order = await new Buyer(client, log).buy(article, 1);
  return { order, reason: log.purchases.at(-1)?.reason ?? null };
}

interface LogLine {
  readonly process?: unknown;
  readonly requestId?: unknown;
  readonly tenantId?: unknown;
  readonly traceId?: unknown;
}

function logLines(dataDir: string): LogLine[] {
  return readdirSync(join(dataDir, 'logs'))
    .flatMap((name) => readFileSync(join(dataDir, 'logs', name), 'utf8').split('\n'))
    .filter((line) => line.startsWith('{'))
    .map((line): LogLine => JSON.parse(line));
}

function seriesOf(name: string, type: string): string[] {
  return type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
}

/** The metrics that the Prometheus rules and dashboards in a folder query, without the metrics that recording rules define. */
function askedMetrics(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  return new Set(texts.flatMap((text) => text.match(/\b(souk|nodejs|process)_[a-z0-9_]+/g) ?? []));
}
