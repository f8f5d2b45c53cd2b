import { accounts } from '@souk/accounts';
import { catalog } from '@souk/catalog';
import { inventory } from '@souk/inventory';
import { eventLogIds } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import { systemClock } from '@souk/kit/domain';
import { InProcessCommands, InProcessEventBus, type EventBus } from '@souk/kit/messaging';
import { startSubgraph, type Logger, type Platform } from '@souk/kit/runtime';
import type { Tracer } from '@souk/kit/tracing';
import { orders, type OrdersSettings } from '@souk/orders';
import { payments } from '@souk/payments';
import type { Secrets } from './secrets.ts';

/** Every subgraph of Souk. */
export const SUBGRAPHS = [catalog, inventory, orders, payments, accounts] as const;

/** What the subgraphs of one process run on. */
export interface SubgraphsOptions {
  /** Connection string of a role of Postgres. The schemas are prepared already. */
  databaseUrl(role: string): string;
  readonly secrets: Secrets;
  readonly logger: Logger;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
  /** Where clients reach Souk; see the settings of @souk/catalog. */
  readonly publicUrl?: () => string | null;
  /** For crash drills; see the settings of @souk/orders. */
  readonly onCheckoutStep?: NonNullable<OrdersSettings['onCheckoutStep']>;
}

/** Starts the five subgraphs in this process, on in-process commands and events. */
export async function startSubgraphs(options: SubgraphsOptions) {
  const { databaseUrl, secrets, logger, tracer, publicUrl, onCheckoutStep } = options;
  const commands = new InProcessCommands();
  const events = new InProcessEventBus({
    onError: (error, consumer, envelope) =>
      logger.warn({ error, consumer, ...eventLogIds(envelope) }, 'event not handled yet'),
  });
  const platformOf = (name: string): Platform => ({
    databaseUrl: (role) => databaseUrl(`${name}_${role}`),
    commands,
    events,
    clock: systemClock,
    logger,
    scopes: SUBGRAPHS.flatMap(({ manifest }) => manifest.scopes),
    ...(publicUrl && { publicUrl }),
    ...(tracer && { tracer }),
  });
  const started = {
    catalog: await startSubgraph(catalog, platformOf('catalog'), {}),
    inventory: await startSubgraph(inventory, platformOf('inventory'), {}),
    payments: await startSubgraph(payments, platformOf('payments'), {}),
    accounts: await startSubgraph(accounts, platformOf('accounts'), { signingKeyPem: secrets.signingKeyPem }),
    orders: await startSubgraph(orders, platformOf('orders'), {
      orderAccessSecret: secrets.orderAccessSecret,
      ...(onCheckoutStep && { onCheckoutStep }),
    }),
  };
  const all = Object.values(started);
  // Commands and subscribers of all are registered by now: what recovery and relays send finds its receiver.
  for (const subgraph of all) subgraph.run();
  return {
    ...started,
    all,
    /** Hears what they publish. */
    events: events as Pick<EventBus, 'consume'>,
    /** Asks a subgraph from outside of all. */
    commands: commands as CommandClient,
    stop: async () => {
      await Promise.all(all.map((subgraph) => subgraph.drain()));
      await Promise.all(all.map((subgraph) => subgraph.stop()));
    },
  };
}

/** The running subgraphs. */
export type Subgraphs = Awaited<ReturnType<typeof startSubgraphs>>;
