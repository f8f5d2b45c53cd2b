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

/** The input of `orderLookUp`. The order confirmation shows these values. */
export interface LookUpRequest {
  readonly number: string;
  /** The e-mail address, in any letter case. */
  readonly email: string;
}

/** An order with the access token that is valid from now on. */
export interface OpenedOrder {
  readonly order: OrderView;
  readonly accessToken: string;
}

export interface NewTokenRequest extends MutationInput {
  readonly orderId: string;
}

/** Opens orders for buyers who lost the token of their checkout. */
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
   * Finds the order of this number and e-mail address. All look-ups, also successful ones, are counted by the client's address and by the
   * order number. A wrong number and a wrong address run the same statements and get the same reply.
   */
  async lookUp(ctx: RequestContext, request: LookUpRequest): Promise<Result<OpenedOrder, Failure>> {
    const number = request.number.trim();
    // The count is committed before the look-up, because a count that is rolled back would not count.
    const wait = await this.#unitOfWork.run(ctx, (tx) => countAttempts(tx, lookUpOf(ctx, number)));
    if (wait > 0) return err(tooManyAttempts('Orders were looked up', wait, ['number']));
    const email = request.email.trim().toLowerCase();
    const id = await this.#unitOfWork.read(ctx, (tx) => findOrderByNumber(tx, number, email));
    const order = id && (await this.#orders.load(ctx, id));
    return order ? ok({ order, accessToken: this.#orders.tokenFor(ctx, order) }) : err(noSuchOrder());
  }

  /** Creates a new token and invalidates the previous token. @throws AccessDeniedError without `orders:write` */
  async renew(ctx: RequestContext, input: NewTokenRequest): Promise<Result<OpenedOrder, Failure>> {
    const { orderId } = input;
    const mutation = { scope: OrdersWrite, operation: 'orderAccessTokenCreate', input } as const;
    // For a repetition only the number of the generation is stored, never the token.
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

/** Returned for a wrong number and for a wrong e-mail address. The caller must not learn which of the two is wrong. */
function noSuchOrder(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no order of this number and e-mail address; both are in the confirmation', [
    'number',
  ]);
}
