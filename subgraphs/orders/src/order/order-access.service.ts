import { requireScope, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { UnitOfWork } from '@souk/kit/persistence';
import { countAttempts } from '../brake/attempt-count.repository.ts';
import { tooManyAttempts } from '../brake/brake.errors.ts';
import { lookUpOf } from '../brake/brakes.ts';
import { OrdersWrite } from '../contract.ts';
import type { OrdersDatabase } from '../database.ts';
import type { OrderAccess } from './order-access.ts';
import type { OrderView } from './order-details.ts';
import { orderNotFound } from './order.errors.ts';
import { findOrderByNumber, renewAccess } from './order.repository.ts';
import type { OrderService } from './order.service.ts';

/** What a buyer without an account knows of an order: what the confirmation says. */
export interface LookUpRequest {
  readonly number: string;
  /** In any case. */
  readonly email: string;
}

/** An order, and what opens it from now on. */
export interface OpenedOrder {
  readonly order: OrderView;
  readonly accessToken: string;
}

export interface NewTokenRequest {
  readonly orderId: string;
  readonly idempotencyKey?: string | null;
}

/** Opens orders to buyers who lost the token of their checkout. */
export class OrderAccessService {
  constructor(
    private readonly unitOfWork: UnitOfWork<OrdersDatabase>,
    private readonly orders: OrderService,
    private readonly access: OrderAccess,
  ) {}

  /**
   * The order of this number and e-mail address. Look-ups are counted by address and by order number, right ones too. A wrong
   * number and a wrong address take the same statements and get the same answer.
   */
  async lookUp(context: RequestContext, request: LookUpRequest): Promise<Result<OpenedOrder, Failure>> {
    const number = request.number.trim();
    // Committed before the look: a refusal that is rolled back would not count.
    const wait = await this.unitOfWork.run(context, (tx) => countAttempts(tx, lookUpOf(context, number)));
    if (wait > 0) return err(tooManyAttempts('Orders were looked up', wait, ['number']));
    const email = request.email.trim().toLowerCase();
    const id = await this.unitOfWork.read(context, (tx) => findOrderByNumber(tx, number, email));
    const order = id && (await this.orders.load(context, id));
    return order ? ok({ order, accessToken: this.orders.tokenFor(context, order) }) : err(noSuchOrder());
  }

  /** A new token, which ends the one before. @throws AccessDeniedError without `orders:write` */
  async renew(
    context: RequestContext,
    { orderId, idempotencyKey }: NewTokenRequest,
  ): Promise<Result<OpenedOrder, Failure>> {
    requireScope(context, OrdersWrite);
    const call = { key: idempotencyKey, operation: 'orderAccessTokenCreate', input: { orderId } };
    // The number is stored for a repetition, never the token.
    const renewed = await this.unitOfWork.once<number, Failure>(context, call, async (tx) => {
      const generation = await renewAccess(tx, orderId);
      return generation === null ? err(orderNotFound()) : ok(generation);
    });
    if (!renewed.ok) return renewed;
    const order = await this.orders.load(context, orderId);
    if (!order) return err(orderNotFound());
    return ok({ order, accessToken: this.access.tokenFor(context.tenantId, orderId, renewed.value) });
  }
}

/** Returned for a wrong number and for a wrong e-mail address: which one is wrong must not be found out. */
function noSuchOrder(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no order of this number and e-mail address; both are in the confirmation', [
    'number',
  ]);
}
