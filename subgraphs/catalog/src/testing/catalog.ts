import { randomUUID } from 'node:crypto';
import { AvailabilityChanged } from '@souk/inventory/contract';
import type { RequestContext } from '@souk/kit/context';
import { systemContext } from '@souk/kit/context';
import { InProcessCommands, InProcessEventBus } from '@souk/kit/messaging';
import { createLogger, startSubgraph, type RunningSubgraph } from '@souk/kit/runtime';
import { createTestDatabase, RecordingClient, TestClock, type TestDatabase } from '@souk/kit/testing';
import { execute, parse, validate } from 'graphql';
import { catalog, type CatalogServices, type ImportedProduct } from '../index.ts';

/** The catalog on a database of its own, for one test file. */
export interface TestCatalog extends RunningSubgraph<CatalogServices> {
  readonly database: TestDatabase;
  readonly commands: InProcessCommands;
  readonly events: InProcessEventBus;
  readonly clock: TestClock;
  /** Runs an operation in the schema; its data, or a throw with the first error. */
  query<Data = Record<string, never>>(
    ctx: RequestContext,
    document: string,
    variables?: Record<string, unknown>,
  ): Promise<Data>;
  close(): Promise<void>;
}

export async function startTestCatalog(): Promise<TestCatalog> {
  const database = await createTestDatabase();
  database.requireSchema('catalog');
  const clock = new TestClock(new Date('2030-01-01T10:00:00Z'));
  const commands = new InProcessCommands();
  const events = new InProcessEventBus({
    retryDelaysMs: [],
    onError: (error) => {
      throw error;
    },
  });
  const running = await startSubgraph(
    catalog,
    {
      databaseUrl: (role) => database.url(`catalog_${role}`),
      commands,
      events,
      clock,
      logger: createLogger({ level: 'silent' }),
      Client: RecordingClient,
    },
    {},
  );
  return {
    ...running,
    database,
    commands,
    events,
    clock,
    async query(ctx, document, variables) {
      const parsed = parse(document);
      const [invalid] = validate(running.schema, parsed);
      if (invalid) throw invalid;
      const result = await execute({
        schema: running.schema,
        document: parsed,
        contextValue: ctx,
        variableValues: variables ?? {},
      });
      if (result.errors?.[0]) throw result.errors[0];
      // A new object, because graphql-js makes them without a prototype; what the test says it selects.
      return JSON.parse(JSON.stringify(result.data));
    },
    async close() {
      await running.stop();
      await database.drop();
    },
  };
}

/** A tenant of its own: tests of one file share a database. */
export function tenantContexts(tenantId: string = randomUUID()) {
  const requestId = randomUUID();
  const shopper: RequestContext = {
    tenantId,
    actor: { kind: 'anonymous' },
    requestId,
    correlationId: requestId,
    locale: 'en',
  };
  const staff: RequestContext = {
    ...shopper,
    actor: { kind: 'user', userId: randomUUID(), role: 'STAFF', scopes: ['catalog:write'] },
  };
  return { tenantId, shopper, staff, system: systemContext(tenantId, 'test', requestId) };
}

/** Contexts live as long as a request: loaders remember what they loaded for one. */
export function again(ctx: RequestContext): RequestContext {
  return { ...ctx };
}

/** A shirt in two sizes, with the values that matter replaced. */
export function shirt(values: Partial<ImportedProduct> = {}): ImportedProduct {
  const baseSku = values.baseSku ?? values.slug?.toUpperCase() ?? 'SHIRT';
  return {
    name: 'Cotton Shirt',
    baseSku,
    status: 'PUBLISHED',
    variants: [
      {
        sku: `${baseSku}-S`,
        options: [{ name: 'Size', value: 'S' }],
        prices: [
          { amount: '19.90', currency: 'EUR' },
          { amount: '22', currency: 'USD' },
        ],
      },
      { sku: `${baseSku}-M`, options: [{ name: 'Size', value: 'M' }], prices: [{ amount: '21.90', currency: 'EUR' }] },
    ],
    ...values,
  };
}

/** What inventory publishes, all at once. */
export async function publishAvailability(
  { events, clock }: TestCatalog,
  tenantId: string,
  levels: readonly (readonly [sku: string, available: number])[],
): Promise<void> {
  await events.publish(
    levels.map(([sku, available]) => ({
      event_id: randomUUID(),
      event_type: AvailabilityChanged.subject,
      tenant_id: tenantId,
      aggregate_id: randomUUID(),
      timestamp: clock.now().toISOString(),
      source: 'inventory',
      version: 1,
      data: { sku, available },
      metadata: { user_id: null, correlation_id: null },
    })),
  );
}
