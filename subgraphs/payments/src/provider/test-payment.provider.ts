import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@souk/kit/context';
import type { PaymentsUnitOfWork } from '../database.ts';
import type {
  AmountRequest,
  AuthorizeRequest,
  PaymentProvider,
  ProviderAnswer,
  VoidRequest,
} from './payment-provider.ts';
import { declineCodeOf, type ChargeRequest, type TestCharge } from './test-charge.policy.ts';
import { insertCharge, lockCharges } from './test-charge.repository.ts';

const SLOW_TOKEN = 'tok_slow';
const SLOW_MS = 2_000;

/**
 * A payment provider without account and network. `test-charge.policy.ts` determines the outcome of each token. The provider stores its
 * charges in separate transactions, as an external provider would.
 */
export class TestPaymentProvider implements PaymentProvider {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #delay: (milliseconds: number) => Promise<void>;

  /** @param delay sleeps for a number of milliseconds, for the token `tok_slow`. @default a real timer */
  constructor(unitOfWork: PaymentsUnitOfWork, delay: (milliseconds: number) => Promise<void> = sleep) {
    this.#unitOfWork = unitOfWork;
    this.#delay = delay;
  }

  async authorize(ctx: RequestContext, { idempotencyKey, amount, token }: AuthorizeRequest): Promise<ProviderAnswer> {
    if (token === SLOW_TOKEN) await this.#delay(SLOW_MS);
    return this.#charge(ctx, { idempotencyKey, authorizationKey: idempotencyKey, kind: 'AUTHORIZE', amount, token });
  }

  /** @throws TypeError always, because no payment with a test token is pending */
  async retrieve(): Promise<never> {
    throw new TypeError('The test provider decides at once, so there is no waiting payment to retrieve');
  }

  capture(ctx: RequestContext, { idempotencyKey, authorizationKey, amount }: AmountRequest): Promise<ProviderAnswer> {
    return this.#charge(ctx, { idempotencyKey, authorizationKey, kind: 'CAPTURE', amount, token: null });
  }

  void(ctx: RequestContext, { idempotencyKey, authorizationKey }: VoidRequest): Promise<ProviderAnswer> {
    return this.#charge(ctx, { idempotencyKey, authorizationKey, kind: 'VOID', amount: null, token: null });
  }

  refund(ctx: RequestContext, { idempotencyKey, authorizationKey, amount }: AmountRequest): Promise<ProviderAnswer> {
    return this.#charge(ctx, { idempotencyKey, authorizationKey, kind: 'REFUND', amount, token: null });
  }

  #charge(ctx: RequestContext, request: ChargeRequest): Promise<ProviderAnswer> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      const history = await lockCharges(tx, request.authorizationKey);
      const done = history.find((charge) => charge.idempotencyKey === request.idempotencyKey);
      return answerOf(done ?? insertCharge(tx, request, declineCodeOf(request, history)));
    });
  }
}

function answerOf({ declineCode, reference }: TestCharge): ProviderAnswer {
  return declineCode === null ? { kind: 'APPROVED', reference } : { kind: 'DECLINED', declineCode };
}
