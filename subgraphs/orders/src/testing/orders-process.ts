import { randomUUID } from 'node:crypto';
import { PriceLines, type PricedLine } from '@souk/catalog/contract';
import type { RequestContext } from '@souk/kit/context';
import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { err, ok, systemClock } from '@souk/kit/domain';
import { InProcessCommands, InProcessEventBus } from '@souk/kit/messaging';
import { createLogger, startSubgraph } from '@souk/kit/runtime';
import { createTestDatabase, RecordingClient, type TestDatabase } from '@souk/kit/testing';
import { graphql, type ExecutionResult } from 'graphql';
import { orders, type OrdersSettings } from '../index.ts';
import { aVariant } from './carts.ts';

/** The catalog of a test: what is sold, to be changed at will, and how it answers. */
export class TestCatalog {
  readonly #variants = new Map<string, PricedLine>();
  /** How often it was asked. */
  asked = 0;
  /** While true, it gives no answer. */
  isDown = false;

  /** Sells a variant, or sells it under new terms, and gives its id. */
  sell(values: Partial<PricedLine> = {}): string {
    const variant = aVariant(values);
    this.#variants.set(variant.variantId, { ...variant, options: [...variant.options] });
    return variant.variantId;
  }

  withdraw(variantId: string): void {
    this.#variants.delete(variantId);
  }

  readonly handlers: readonly CommandHandler[] = [
    handleCommand(PriceLines, async (_ctx, { variantIds }) => {
      this.asked += 1;
      if (this.isDown) throw new Error('the catalog is down');
      const unknown = variantIds.filter((id) => !this.#variants.has(id));
      if (unknown.length > 0) return err({ code: 'VARIANT_NOT_FOUND' as const, variantIds: unknown });
      return ok({ lines: variantIds.flatMap((id) => this.#variants.get(id) ?? []) });
    }),
  ];
}

/** The root fields of a result. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes
type Data = Record<string, any>;

export interface OrdersProcessOptions {
  /** Where another process left off. Default: a database of its own, dropped by `stop`. */
  readonly database?: TestDatabase;
  readonly catalog?: TestCatalog;
  /** Handlers of the other subgraphs' commands. */
  readonly handlers?: readonly CommandHandler[];
  readonly onCheckoutStep?: OrdersSettings['onCheckoutStep'];
}

/** The subgraph on a database of its own, with a catalog that the test decides about. Call `stop` in `afterAll`. */
export async function startOrders(options: OrdersProcessOptions = {}) {
  const database = options.database ?? (await createTestDatabase());
  database.requireSchema('orders');
  const logger = createLogger({ level: 'silent' });
  const catalog = options.catalog ?? new TestCatalog();
  const commands = new InProcessCommands();
  commands.register([...catalog.handlers, ...(options.handlers ?? [])]);
  const platform = {
    databaseUrl: (role: 'app' | 'relay') => database.url(`orders_${role}`),
    commands,
    events: new InProcessEventBus({ onError: (error) => logger.error({ error }) }),
    clock: systemClock,
    logger,
    Client: RecordingClient,
    poolSize: 20,
  };
  const running = await startSubgraph(orders, platform, {
    orderAccessSecret: 'a secret of the tests',
    ...(options.onCheckoutStep && { onCheckoutStep: options.onCheckoutStep }),
  });
  return {
    ...running,
    database,
    catalog,
    events: platform.events,
    /** Starts its jobs and its relay, which a test that drives everything itself can do without. */
    startJobs: () => running.run(),
    /** Runs an operation and gives its data. @throws Error for top-level errors. */
    async run(ctx: RequestContext, source: string, variableValues: Data = {}): Promise<Data> {
      const { data, errors } = await execute(ctx, source, variableValues);
      if (errors) throw new Error(errors.map((error) => error.message).join('; '));
      return data ?? {};
    },
    execute,
    async stop() {
      await running.stop();
      if (!options.database) await database.drop();
    },
  };

  function execute(ctx: RequestContext, source: string, variableValues: Data = {}): Promise<ExecutionResult<Data>> {
    return graphql({ schema: running.schema, source, variableValues, contextValue: ctx });
  }
}

/** A subgraph that runs for a test. */
export type OrdersProcess = Awaited<ReturnType<typeof startOrders>>;

/** A shopper without an account, in a tenant of its own unless one is named. */
export function aShopper(tenantId: string = randomUUID()): RequestContext {
  const requestId = randomUUID();
  return { tenantId, actor: { kind: 'anonymous' }, requestId, correlationId: requestId, locale: 'en' };
}

/** Someone of the staff with these scopes. */
export function aClerk(tenantId: string, scopes: readonly string[]): RequestContext {
  return { ...aShopper(tenantId), actor: { kind: 'user', userId: randomUUID(), role: 'OWNER', scopes } };
}
