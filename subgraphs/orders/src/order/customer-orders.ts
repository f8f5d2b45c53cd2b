import { requireScope, type RequestContext } from '@souk/kit/context';
import { RequestLoader, type Page } from '@souk/kit/graphql';
import type { UnitOfWork } from '@souk/kit/persistence';
import type { OrdersDatabase } from '../database.ts';
import { viewsOf, type OrderView } from './order-details.ts';
import { findCustomerOrders, type OrderRecord, type PageRequest } from './order.queries.ts';
import { cursorAt, placeOf, requireFirst } from './position-cursor.ts';

/** The orders of one customer, as a part of a list of customers. */
interface Wanted {
  readonly customerId: string;
  readonly first: number;
  readonly after: string | null;
}

interface CustomerPage {
  readonly page: Page<OrderRecord>;
  viewOf(order: OrderRecord): OrderView;
}

const PLACE = [/^\d{1,15}$/, /^[0-9a-f-]{36}$/];

/** Reads the orders of customers, of all customers of a request at once. */
export class CustomerOrders {
  readonly #loader = new RequestLoader<Wanted, CustomerPage>(
    (context, wanted) => this.#load(context, wanted),
    ({ customerId, first, after }) => JSON.stringify([customerId, first, after]),
  );

  constructor(private readonly unitOfWork: UnitOfWork<OrdersDatabase>) {}

  /** @throws AccessDeniedError without `orders:read`; GraphQLError BAD_USER_INPUT for a wrong page */
  async page(context: RequestContext, customerId: string, { first, after }: PageRequest): Promise<CustomerPage> {
    requireScope(context, 'orders:read');
    const found = await this.#loader.load(context, { customerId, first: requireFirst(first), after: after ?? null });
    return found ?? pageOf([], first, viewsOf(this.unitOfWork, context, []));
  }

  async #load(context: RequestContext, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, CustomerPage>> {
    // One field of one query: the arguments are the same for every customer, unless it is asked twice under two names.
    const fields = Map.groupBy(wanted, ({ first, after }) => JSON.stringify([first, after]));
    const pages = await Promise.all([...fields.values()].map((each) => this.#loadField(context, each)));
    return new Map(pages.flat());
  }

  async #loadField(context: RequestContext, wanted: readonly Wanted[]): Promise<[string, CustomerPage][]> {
    const { first, after } = wanted[0] ?? { first: 1, after: null };
    const below = after === null ? null : placeBelow(after);
    const ids = wanted.map(({ customerId }) => customerId);
    const found = await this.unitOfWork.read(context, (tx) => findCustomerOrders(tx, ids, { below, count: first + 1 }));
    const viewOf = viewsOf(this.unitOfWork, context, [...found.values()].flat());
    return ids.map((id) => [JSON.stringify([id, first, after]), pageOf(found.get(id) ?? [], first, viewOf)]);
  }
}

function pageOf(found: readonly OrderRecord[], first: number, viewOf: CustomerPage['viewOf']): CustomerPage {
  const cursorOf = ({ placed_at, id }: OrderRecord) => cursorAt(placed_at.getTime(), id);
  return { page: { rows: found.slice(0, first), hasNextPage: found.length > first, cursorOf }, viewOf };
}

function placeBelow(after: string) {
  const [time = '', id = ''] = placeOf(after, PLACE);
  return { placedAt: new Date(Number(time)), id };
}
