import type { RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { countAttempts } from '../attempt-limit/attempt-count.repository.ts';
import { tooManyAttempts } from '../attempt-limit/attempt-limit.errors.ts';
import { lookUpOf } from '../attempt-limit/attempt-limit.policy.ts';
import { OrdersWrite } from '../contract.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import type { OrderAccess } from './order-access.ts';
import type { OrderView } from './order-details.loader.ts';
import { orderNotFound } from './order.errors.ts';
import { findOrderByNumber, renewAccess } from './order.repository.ts';
import type { OrderService } from './order.service.ts';

/** Input of the query `orderLookUp`. The buyer finds both values in the order confirmation. */
export interface LookUpRequest {
  readonly number: string;
  /** The e-mail address, in any letter case. */
  readonly email: string;
}

/** An order with its current access token. */
export interface OpenedOrder {
  readonly order: OrderView;
  readonly accessToken: string;
}

export interface NewTokenRequest extends MutationInput {
  readonly orderId: string;
}

/** Returns access tokens to buyers who lost the token of their checkout. */
export class OrderAccessService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #orders: OrderService;
  readonly #access: OrderAccess;

  constructor(unitOfWork: OrdersUnitOfWork, orders: OrderService, access: OrderAccess) {
    this.#unitOfWork = unitOfWork;
    this.#orders = orders;
    this.#access = access;
  }

  /**
   * Finds the order with this number and e-mail address. Every look-up counts toward the limits of the client's IP address and of the order
   * number. A wrong number and a wrong e-mail address run the same statements and return the same failure, so the response does not reveal
   * which of them is wrong.
   */
  async lookUp(ctx: RequestContext, request: LookUpRequest): Promise<Result<OpenedOrder, Failure>> {
    const number = request.number.trim();
    // The count is committed in its own transaction, so a failed look-up cannot roll it back.
    const wait = await this.#unitOfWork.run(ctx, (tx) => countAttempts(tx, lookUpOf(ctx, number)));
    if (wait > 0) return err(tooManyAttempts('Orders were looked up', wait, ['number']));
    const email = request.email.trim().toLowerCase();
    const id = await this.#unitOfWork.read(ctx, (tx) => findOrderByNumber(tx, number, email));
    const order = id && (await this.#orders.load(ctx, id));
    return order ? ok({ order, accessToken: this.#orders.tokenFor(ctx, order) }) : err(noSuchOrder());
  }

  /** Creates a new access token, which invalidates the previous token. @throws AccessDeniedError without the scope `orders:write` */
  async renew(ctx: RequestContext, input: NewTokenRequest): Promise<Result<OpenedOrder, Failure>> {
    const { orderId } = input;
    const mutation = { scope: OrdersWrite, operation: 'orderAccessTokenCreate', input } as const;
    // The stored result of the mutation holds only the generation number. The token is computed from it and never stored.
    const renewed = await mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<number, Failure>> => {
      const generation = await renewAccess(tx, orderId);
      return generation === null ? err(orderNotFound()) : ok(generation);
    });
    if (!renewed.ok) return renewed;
    const order = await this.#orders.load(ctx, orderId);
    if (!order) return err(orderNotFound());
    return ok({ order, accessToken: this.#access.tokenFor(ctx.tenantId, orderId, renewed.value) });
  }
}

/** Returned for a wrong number and for a wrong e-mail address, so the response does not reveal which of them is wrong. */
function noSuchOrder(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no order of this number and e-mail address; both are in the confirmation', [
    'number',
  ]);
}
