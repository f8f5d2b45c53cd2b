import type { RequestContext } from '@souk/kit/context';
import type { CommandHandler } from '@souk/kit/contracts';
import { startTestSubgraph, type TestDatabase } from '@souk/kit/testing';
import { orders, type OrdersSettings } from '../index.ts';
import { TestCatalog } from './catalog.ts';

/** The fields of a GraphQL result, by name. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes
type Data = Record<string, any>;

export interface OrdersProcessOptions {
  /** The database of an earlier process, to continue with its data. @default a new database, which `close` drops */
  readonly database?: TestDatabase;
  readonly catalog?: TestCatalog;
  /** The command handlers of other subgraphs. */
  readonly handlers?: readonly CommandHandler[];
  readonly onCheckoutStep?: OrdersSettings['onCheckoutStep'];
}

/** Starts the subgraph with a catalog that the test controls. Call `close` in `afterAll`. */
export async function startOrders(options: OrdersProcessOptions = {}) {
  const { database, catalog = new TestCatalog(), handlers = [], onCheckoutStep } = options;
  const process = await startTestSubgraph(orders, {
    settings: { orderAccessSecret: 'a secret of the tests', ...(onCheckoutStep && { onCheckoutStep }) },
    commands: [...catalog.handlers, ...handlers],
    ...(database && { database }),
  });
  return {
    ...process,
    catalog,
    query: (ctx: RequestContext, document: string, variables: Data = {}) =>
      process.query<Data>(ctx, document, variables),
  };
}

/** The running subgraph of a test. */
export type OrdersProcess = Awaited<ReturnType<typeof startOrders>>;
