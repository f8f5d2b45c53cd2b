import { setTimeout as after } from 'node:timers/promises';
import type { Subgraphs } from '@souk/deployment/subgraphs';
import type { RequestContext } from '@souk/kit/context';
import type { DemoCatalog } from '../shops/demo.types.ts';
import { runOperation } from './run-operation.ts';

const CUSTOMERS = '{ customers(first: 200) { nodes { id email } } }';

interface Customers {
  readonly customers: { readonly nodes: readonly { readonly id: string; readonly email: string }[] };
}

const DAY_MS = 86_400_000;
/** The maximum time in milliseconds until accounts knows the buyers, who become customers by the events of their orders. */
const KNOWN_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 200;

/** Adds the reviews of a shop. A repeated load adds none twice. */
export async function loadReviews(
  subgraphs: Subgraphs,
  ctx: RequestContext,
  { reviews }: DemoCatalog,
  now: Date,
): Promise<void> {
  if (reviews.length === 0) return;
  const customers = await customersOf(subgraphs, ctx, new Set(reviews.map(({ email }) => email)));
  await subgraphs.catalog.services.importReviews(
    ctx,
    reviews.map(({ email, daysAgo, ...review }) => ({
      ...review,
      customerId: customers.get(email) ?? '',
      submittedAt: new Date(now.getTime() - daysAgo * DAY_MS),
    })),
  );
}

async function customersOf(
  { accounts }: Subgraphs,
  ctx: RequestContext,
  emails: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  for (let waited = 0; waited < KNOWN_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const { customers } = await runOperation<Customers>(accounts.schema, ctx, CUSTOMERS);
    const ids = new Map(customers.nodes.map(({ email, id }) => [email, id]));
    if ([...emails].every((email) => ids.has(email))) return ids;
    await after(LOOK_EVERY_MS);
  }
  throw new Error(
    'The buyers of the demo orders are no customers after two minutes. Start again with an empty data folder.',
  );
}
