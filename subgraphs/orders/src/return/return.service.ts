import { randomUUID } from 'node:crypto';
import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import {
  err,
  expectVersion,
  failure,
  money,
  ok,
  type Clock,
  type Failure,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mapPage, mutate, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { enteredMinor } from '../entered-amount.ts';
import { insertLineCancellation } from '../order/order-compensation.repository.ts';
import { givenBackSince } from '../order/order-refund.ts';
import { taxRefund } from '../order/order-refund.repository.ts';
import { orderNotFound } from '../order/order.errors.ts';
import { lockOrder, saveGivenBackUnits, saveOrder } from '../order/order.repository.ts';
import type { OrderService } from '../order/order.service.ts';
import type { Order } from '../order/order.ts';
import { receiveReturn, type Receipt, type ReceivedUnits } from './return-receipt.ts';
import { findReturnTerms } from './return-policy.repository.ts';
import { returnWindow } from './return.policy.ts';
import {
  findOrderIdOfReturn,
  findReturnPage,
  findReturns,
  findReturnsOfOrders,
  insertReturn,
  saveRefundTaxes,
  saveReturn,
  withLines,
  type ReturnFilter,
  type StoredReturn,
} from './return.repository.ts';
import {
  approveReturn,
  cancelReturn,
  rejectReturn,
  requestReturn,
  type Return,
  type ReturnDecision,
  type ReturnRequest,
} from './return.ts';

/** Input of the mutation `returnRequest`. */
export interface RequestInput extends MutationInput, ReturnRequest {
  readonly orderId: string;
  /** The access token of the order, for buyers without an account. */
  readonly accessToken?: string | null;
}

/** The input that all changes of a return share. */
export interface ReturnChange extends MutationInput {
  readonly returnId: string;
  readonly expectedVersion?: number | null;
}

export interface RejectInput extends ReturnChange {
  readonly reason: string;
}

export interface CancelInput extends ReturnChange {
  readonly accessToken?: string | null;
}

export interface ReceiveInput extends ReturnChange {
  /** @default all units of the return, which can all be sold again */
  readonly lines?: readonly ReceivedUnits[] | null;
  /** A decimal in the currency of the order. @default the exact price of the units */
  readonly refundAmount?: string | null;
}

type ReturnResult = Promise<Result<StoredReturn, Failure>>;

/** Manages returns of shipped units. Buyers and staff request returns. Staff approve, reject and receive them. */
export class ReturnService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #orders: OrderService;
  readonly #clock: Clock;

  constructor(unitOfWork: OrdersUnitOfWork, orders: OrderService, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#orders = orders;
    this.#clock = clock;
  }

  /** A page of returns, the newest first. @throws AccessDeniedError without the scope `orders:read` */
  async page(
    ctx: RequestContext,
    filter: ReturnFilter,
    request: PageRequest,
  ): Promise<Result<KeysetPage<StoredReturn>, Failure>> {
    requireScope(ctx, OrdersRead);
    return this.#unitOfWork.read(ctx, async (tx) => {
      const page = await findReturnPage(tx, filter, request);
      if (!page.ok) return page;
      const complete = new Map((await withLines(tx, page.value.rows)).map((each) => [each.id, each]));
      return ok(mapPage(page.value, ({ id }) => complete.get(id) as StoredReturn));
    });
  }

  /**
   * Finds a return. Staff and callers with the access token of its order may see it. Null for other callers, and when the return is
   * unknown.
   */
  async find(ctx: RequestContext, id: string, accessToken: string | null): Promise<StoredReturn | null> {
    const found = await this.#load(ctx, id);
    if (!found || hasScope(ctx, OrdersRead)) return found;
    return (await this.#orders.find(ctx, found.orderId, accessToken)) && found;
  }

  /** The returns of orders, grouped by order id, the oldest first. The caller must have checked access to the orders. */
  ofOrders(ctx: RequestContext, orderIds: readonly string[]) {
    return this.#unitOfWork.quickRead(ctx, (tx) => findReturnsOfOrders(tx, orderIds));
  }

  /** Requests a return of shipped units. Guests need the access token of the order. The return policy applies to all buyers. */
  async request(ctx: RequestContext, input: RequestInput): ReturnResult {
    const isStaff = hasScope(ctx, OrdersWrite);
    if (!isStaff && !(await this.#orders.find(ctx, input.orderId, input.accessToken ?? null)))
      return err(orderNotFound());
    return this.#change(ctx, 'returnRequest', input, null, async (tx): Promise<Result<string, Failure>> => {
      const order = await lockOrder(tx, input.orderId);
      if (!order) return err(orderNotFound());
      const known = (await findReturnsOfOrders(tx, [order.id])).get(order.id) ?? [];
      const policy = isStaff ? null : returnWindow((await findReturnTerms(tx)).windowDays);
      const decided = requestReturn(order, known, input, policy, this.#clock.now(), randomUUID);
      if (!decided.ok) return decided;
      await insertReturn(tx, decided.value.return);
      await saveOrder(tx, order, decided.value);
      return ok(decided.value.return.id);
    });
  }

  /** @throws AccessDeniedError without the scope `orders:write` */
  approve(ctx: RequestContext, input: ReturnChange): ReturnResult {
    return this.#decide(ctx, 'returnApprove', input, OrdersWrite, approveReturn);
  }

  /** @throws AccessDeniedError without the scope `orders:write` */
  reject(ctx: RequestContext, input: RejectInput): ReturnResult {
    return this.#decide(ctx, 'returnReject', input, OrdersWrite, (order, current, now) =>
      rejectReturn(order, current, input.reason, now),
    );
  }

  /** Cancels a return. Staff and buyers with access to the order may do so. */
  async cancel(ctx: RequestContext, input: CancelInput): ReturnResult {
    const isStaff = hasScope(ctx, OrdersWrite);
    if (!isStaff && !(await this.find(ctx, input.returnId, input.accessToken ?? null))) return err(returnNotFound());
    return this.#decide(ctx, 'returnCancel', input, null, cancelReturn);
  }

  /**
   * Records the units that arrived, then gives back their stock and their money. When another subgraph does not reply, the compensation job
   * gives them back later.
   * @throws AccessDeniedError without the scope `orders:write`
   */
  async receive(ctx: RequestContext, input: ReceiveInput): ReturnResult {
    const work = async (tx: OrdersTransaction): Promise<Result<string, Failure>> => {
      const found = await this.#lock(tx, input);
      if (!found.ok) return found;
      const { order, current } = found.value;
      const receipt = receiptOf(input, order);
      if (!receipt.ok) return receipt;
      const decided = receiveReturn(order, current, receipt.value, this.#clock.now());
      if (!decided.ok) return decided;
      await saveOrder(tx, order, decided.value);
      await saveGivenBackUnits(tx, decided.value.lines);
      await saveReturn(tx, decided.value.return);
      const { lines, givenBack } = decided.value;
      await saveRefundTaxes(
        tx,
        current.id,
        await taxRefund(tx, order.id, givenBackSince(order, lines), givenBack.refund),
      );
      const reason = `Return ${current.number}`;
      await insertLineCancellation(tx, order, givenBack, reason, current.id);
      return ok(current.id);
    };
    const received = await mutate(
      this.#unitOfWork,
      ctx,
      { scope: OrdersWrite, operation: 'returnReceive', input },
      work,
    );
    if (!received.ok) return received;
    await this.#orders.compensate(ctx, { kind: 'UNITS', id: received.value });
    return this.#loaded(ctx, received.value);
  }

  #decide(
    ctx: RequestContext,
    operation: string,
    input: ReturnChange,
    scope: typeof OrdersWrite | null,
    decision: (order: Order, current: Return, now: Date) => Result<ReturnDecision, Failure>,
  ): ReturnResult {
    return this.#change(ctx, operation, input, scope, async (tx): Promise<Result<string, Failure>> => {
      const found = await this.#lock(tx, input);
      if (!found.ok) return found;
      const decided = decision(found.value.order, found.value.current, this.#clock.now());
      if (!decided.ok) return decided;
      await saveReturn(tx, decided.value.return);
      await saveOrder(tx, found.value.order, decided.value);
      return ok(input.returnId);
    });
  }

  async #change(
    ctx: RequestContext,
    operation: string,
    input: MutationInput,
    scope: typeof OrdersWrite | null,
    work: (tx: OrdersTransaction) => Promise<Result<string, Failure>>,
  ): ReturnResult {
    const changed = await mutate(this.#unitOfWork, ctx, { scope, operation, input }, work);
    return changed.ok ? this.#loaded(ctx, changed.value) : changed;
  }

  /** Locks the order of a return. The lock serializes all changes of the order and its returns. */
  async #lock(
    tx: OrdersTransaction,
    { returnId, expectedVersion }: ReturnChange,
  ): Promise<Result<{ readonly order: Order; readonly current: Return }, Failure>> {
    const orderId = await findOrderIdOfReturn(tx, returnId);
    const order = orderId && (await lockOrder(tx, orderId));
    const [current] = await findReturns(tx, [returnId]);
    if (!order || !current) return err(returnNotFound());
    const expected = expectVersion(current.version, expectedVersion);
    return expected.ok ? ok({ order, current }) : expected;
  }

  async #load(ctx: RequestContext, id: string): Promise<StoredReturn | null> {
    const [found] = await this.#unitOfWork.quickRead(ctx, (tx) => findReturns(tx, [id]));
    return found ?? null;
  }

  async #loaded(ctx: RequestContext, id: string): ReturnResult {
    const found = await this.#load(ctx, id);
    return found ? ok(found) : err(returnNotFound());
  }
}

function receiptOf({ lines, refundAmount }: ReceiveInput, { total }: Order): Result<Receipt, Failure> {
  if (refundAmount === null || refundAmount === undefined) return ok({ lines: lines ?? null, refund: null });
  const minor = enteredMinor(refundAmount, total.currency);
  return minor === null
    ? err(invalidRefund(total.currency))
    : ok({ lines: lines ?? null, refund: money(minor, total.currency) });
}

function invalidRefund(currency: string): Failure<'INVALID_INPUT'> {
  const message = `refundAmount takes an amount of 0 or more that ${currency} can pay, such as "10.00" in a currency with two decimal places`;
  return failure('INVALID_INPUT', message, ['refundAmount']);
}

/** Returned when the tenant has no return with this id, and when the caller may not see the return. */
function returnNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such return', ['returnId']);
}
