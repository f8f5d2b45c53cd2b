import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  InMemorySpanExporter,
  openTelemetryTracer,
  type OpenTelemetryTracer,
  type ReadableSpan,
} from '@souk/platform/opentelemetry';
import { until } from '@souk/kit/testing';
import { CHECKOUT_COMPLETE, ORDER_SHOW } from './testing/operations.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

const exporter = new InMemorySpanExporter();

let installation: TestInstallation;
let tracer: OpenTelemetryTracer;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  tracer = openTelemetryTracer({
    serviceName: 'souk',
    sampling: { ratio: 0, clientsDecide: true },
    target: exporter,
    onError: (error) => {
      throw error;
    },
  });
  souk = await startTestSouk(installation, { tracer });
});
afterAll(async () => {
  await souk.stop();
  await tracer.stop();
  await installation.database.drop();
});
afterEach(() => exporter.reset());

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const UNSAMPLED = '7cd8b2a65f0e4d1aa1e4c9d37b52f0e8';
const traceparent = (flags: string, trace = TRACE) => `00-${trace}-00f067aa0ba902b7-${flags}`;

async function spansOf(trace: string): Promise<ReadableSpan[]> {
  await tracer.flush();
  return exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === trace);
}

/** Returns the names of a span and its ancestors: `command inventory.reserve < saga checkout < mutation CheckoutComplete < the client`. */
function path(spans: readonly ReadableSpan[], span: ReadableSpan): string {
  const parent = spans.find((each) => each.spanContext().spanId === span.parentSpanContext?.spanId);
  return `${span.name} < ${parent ? path(spans, parent) : 'the client'}`;
}

const REQUEST = 'mutation CheckoutComplete < the client';

test('a checkout is one trace, from the request to the events that the checkout causes', async () => {
  const lamp = await souk.shop.offer({ north: 3, south: 0 });
  const cartId = await souk.buyer.fillCart(lamp, 1);
  const input = { cartId, payment: { provider: 'TEST', token: 'tok_visa' } };
  const { checkoutComplete } = await souk.data(CHECKOUT_COMPLETE, { input }, { traceparent: traceparent('01') });
  expect(checkoutComplete.userErrors).toEqual([]);
  const saga = 'saga checkout < mutation CheckoutComplete < the client';
  const placed = `publish orders.order.placed < ${saga}`;
  const recognized = `publish accounts.customer.recognized < process orders.order.placed < ${placed}`;
  const captured = `publish payments.payment.changed < command payments.capture < ${saga}`;
  const expected = [
    'mutation CheckoutComplete < the client',
    'fetch orders < mutation CheckoutComplete < the client',
    saga,
    `command catalog.priceLines < ${saga}`,
    `command inventory.reserve < ${saga}`,
    `command payments.authorize < ${saga}`,
    `command inventory.commit < ${saga}`,
    `command payments.capture < ${saga}`,
    placed,
    `process orders.order.placed < ${placed}`,
    recognized,
    `process accounts.customer.recognized < ${recognized}`,
    captured,
    `process payments.payment.changed < ${captured}`,
  ];
  const paths = await until(async () => {
    const spans = await spansOf(TRACE);
    const found = spans.map((span) => path(spans, span));
    // The span of a publication ends after the spans of its consumers. A consumer's span may therefore be exported before its ancestors.
    const isComplete = found.every((each) => each.endsWith(REQUEST)) && expected.every((each) => found.includes(each));
    return isComplete && found;
  });
  // Every span of the trace must descend from the client's request.
  expect(paths.filter((each) => !each.endsWith(REQUEST))).toEqual([]);
});

test('no span is recorded of a trace that the client does not sample, or of a request without a trace at a ratio of 0', async () => {
  const { id, accessToken } = await souk.buyer.order(await souk.shop.offer({ north: 1, south: 0 }));
  await souk.data(ORDER_SHOW, { id, accessToken }, { traceparent: traceparent('00', UNSAMPLED) });
  await tracer.flush();
  // Consumers of the previous test may still end spans of its trace.
  const others = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId !== TRACE);
  expect(others.map(({ name }) => name)).toEqual([]);
});
