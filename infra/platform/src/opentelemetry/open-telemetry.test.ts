import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isSampled, traceIdOf } from '@souk/kit/context';
import { inSpan, type SpanStart } from '@souk/kit/tracing';
import { openTelemetryTracer, type OpenTelemetryOptions, type OpenTelemetryTracer } from './index.ts';

const open: OpenTelemetryTracer[] = [];
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((tracer) => tracer.stop()));
  for (const server of servers.splice(0)) server.close();
});

let exporter: InMemorySpanExporter;
beforeEach(() => {
  exporter = new InMemorySpanExporter();
});

function tracerOf(options: Partial<OpenTelemetryOptions> = {}): OpenTelemetryTracer {
  const tracer = openTelemetryTracer({
    serviceName: 'souk-test',
    sampling: { ratio: 1, clientsDecide: false },
    target: exporter,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  open.push(tracer);
  return tracer;
}

const spanOf = (start: Partial<SpanStart> = {}): SpanStart => ({
  name: 'query Products',
  kind: 'SERVER',
  parent: undefined,
  ...start,
});

const traceparent = (flags: string) => `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}`;

describe('a span', () => {
  test('continues the trace of its parent, and propagates the trace state', async () => {
    const tracer = tracerOf();
    const parent = { traceparent: traceparent('01'), tracestate: 'congo=t61rcWkgMzE' };
    const span = tracer.start(spanOf({ parent, attributes: { 'souk.command': 'inventory.reserve' } }));
    span.end();
    await tracer.flush();
    const [finished] = exporter.getFinishedSpans();
    expect(finished).toMatchObject({
      name: 'query Products',
      parentSpanContext: { spanId: '00f067aa0ba902b7' },
      attributes: { 'souk.command': 'inventory.reserve' },
      resource: { attributes: { 'service.name': 'souk-test' } },
    });
    expect(span.trace).toEqual({
      traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-${finished?.spanContext().spanId}-01`,
      tracestate: 'congo=t61rcWkgMzE',
    });
  });

  test('records the class of an error, and not its message', async () => {
    const tracer = tracerOf();
    const failing = inSpan(tracer, spanOf(), async () => {
      throw new TypeError('4242 4242 4242 4242');
    });
    await expect(failing).rejects.toThrow('4242');
    await tracer.flush();
    const [finished] = exporter.getFinishedSpans();
    expect(finished).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: 'TypeError' },
      attributes: { 'error.type': 'TypeError' },
      events: [],
    });
  });
});

describe('sampling', () => {
  const recorded = (tracer: OpenTelemetryTracer, starts: readonly SpanStart[]) =>
    starts.map((start) => isSampled(tracer.start(start).trace));

  test('records the configured share of traces', () => {
    const tracer = tracerOf({ sampling: { ratio: 0.25, clientsDecide: false } });
    const traces = recorded(
      tracer,
      Array.from({ length: 4000 }, () => spanOf()),
    );
    const share = traces.filter(Boolean).length / 4000;
    expect(share).toBeGreaterThan(0.2); // seven standard deviations away
    expect(share).toBeLessThan(0.3);
  });

  test('ignores the sampling decision of untrusted clients, and continues their traces', () => {
    const tracer = tracerOf({ sampling: { ratio: 0, clientsDecide: false } });
    const { trace } = tracer.start(spanOf({ parent: { traceparent: traceparent('01') }, fromClient: true }));
    expect(trace && traceIdOf(trace)).toBe(traceIdOf({ traceparent: traceparent('01') }));
    expect(isSampled(trace)).toBe(false);
  });

  test('follows the decision of trusted clients', () => {
    const tracer = tracerOf({ sampling: { ratio: 0, clientsDecide: true } });
    const starts = ['01', '00'].map((flags) =>
      spanOf({ parent: { traceparent: traceparent(flags) }, fromClient: true }),
    );
    expect(recorded(tracer, starts)).toEqual([true, false]);
  });

  test('within Souk is decided once for a whole trace', () => {
    const [none, all] = [0, 1].map((ratio) => tracerOf({ sampling: { ratio, clientsDecide: false } }));
    const starts = ['01', '00'].map((flags) => spanOf({ parent: { traceparent: traceparent(flags) } }));
    for (const tracer of [none, all]) expect(tracer && recorded(tracer, starts)).toEqual([true, false]);
  });
});

describe('over OTLP', () => {
  test('spans arrive at the collector as JSON, with the headers it asks for', async () => {
    const collected = Promise.withResolvers<{ readonly path: string; readonly key: unknown; readonly body: string }>();
    const url = await collector((path, key, body) => {
      collected.resolve({ path, key, body });
      return 200;
    });
    const tracer = tracerOf({ target: { url: `${url}/v1/traces`, headers: { 'x-key': 'secret' } } });
    tracer.start(spanOf()).end();
    await tracer.flush();
    const { path, key, body } = await collected.promise;
    expect([path, key]).toEqual(['/v1/traces', 'secret']);
    const [resource] = JSON.parse(body).resourceSpans;
    expect(resource.resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'souk-test' } });
    expect(resource.scopeSpans[0].spans).toEqual([expect.objectContaining({ name: 'query Products', kind: 2 })]);
  });

  test('a failing collector is reported, and only its spans are lost', async () => {
    const errors: unknown[] = [];
    const url = await collector(() => 400);
    const tracer = tracerOf({ target: { url, headers: {} }, onError: (error) => errors.push(error) });
    tracer.start(spanOf()).end();
    await tracer.flush().catch(() => undefined);
    expect(errors).toEqual([expect.objectContaining({ code: 400 })]);
  });
});

async function collector(answer: (path: string, key: unknown, body: string) => number): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answer(request.url ?? '', request.headers['x-key'], Buffer.concat(chunks).toString());
      response.writeHead(status, { connection: 'close' }).end('{}');
    });
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
