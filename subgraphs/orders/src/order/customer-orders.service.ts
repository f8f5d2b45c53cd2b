import { customerIdOf, requireScope, type RequestContext } from '@souk/kit/context';
import { pageOfRows, pageRange, withCursors, type PageRange, type PageRequest } from '@souk/kit/domain';
import { pageLoader, valueOrThrow, type Page } from '@souk/kit/graphql';
import { cursorCodec } from '@souk/kit/persistence';
import { OrdersRead } from '../contract.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import { viewsOf, type OrderView } from './order-details.loader.ts';
import { findCustomerOrders, type OrderPlace, type OrderRecord } from './order-records.repository.ts';

interface CustomerPage {
  readonly page: Page<OrderRecord>;
  viewOf(order: OrderRecord): OrderView;
}

/** A cursor contains the order's time in milliseconds since 1970, and the order's id. */
const CURSORS = cursorCodec('orders of a customer', [/^\d{1,15}$/, /^[0-9a-f-]{36}$/]);

/** Reads the orders of customers. The pages of all customers in one request are loaded by one statement. */
export class CustomerOrders {
  readonly #loader = pageLoader((ctx, customerIds, range) => this.#load(ctx, customerIds, range));
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * A page of one customer's orders.
   * @throws AccessDeniedError without the scope `orders:read`
   * @throws GraphQLError BAD_USER_INPUT when a cursor or the page size is invalid
   */
  async page(ctx: RequestContext, customerId: string, request: PageRequest): Promise<CustomerPage> {
    requireScope(ctx, OrdersRead);
    return this.#page(ctx, customerId, request);
  }

  /**
   * A page of the orders of the calling customer. Null when the caller is not a customer.
   * @throws GraphQLError BAD_USER_INPUT when a cursor or the page size is invalid
   */
  async ownPage(ctx: RequestContext, request: PageRequest): Promise<CustomerPage | null> {
    const customerId = customerIdOf(ctx);
    return customerId === null ? null : this.#page(ctx, customerId, request);
  }

  async #page(ctx: RequestContext, customerId: string, request: PageRequest): Promise<CustomerPage> {
    const range = valueOrThrow(pageRange(request));
    const found = await this.#loader.load(ctx, { parentId: customerId, range });
    return found ?? pageOf([], valueOrThrow(withCursors(range, placeAt)), viewsOf(this.#unitOfWork, ctx, []));
  }

  async #load(
    ctx: RequestContext,
    customerIds: readonly string[],
    asked: PageRange,
  ): Promise<ReadonlyMap<string, CustomerPage>> {
    const range = valueOrThrow(withCursors(asked, placeAt));
    const found = await this.#unitOfWork.read(ctx, (tx) => findCustomerOrders(tx, customerIds, range));
    const viewOf = viewsOf(this.#unitOfWork, ctx, [...found.values()].flat());
    return new Map(customerIds.map((id) => [id, pageOf(found.get(id) ?? [], range, viewOf)]));
  }
}

function pageOf(
  found: readonly OrderRecord[],
  range: PageRange<OrderPlace>,
  viewOf: CustomerPage['viewOf'],
): CustomerPage {
  const cursorOf = ({ placed_at, id }: OrderRecord) => CURSORS.encode([placed_at.getTime(), id]);
  return { page: { ...pageOfRows(range, found), cursorOf }, viewOf };
}

function placeAt(cursor: string): OrderPlace | null {
  const [time, id] = CURSORS.decode(cursor) ?? [];
  return time !== undefined && id !== undefined ? { placedAt: new Date(Number(time)), id } : null;
}
