import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@souk/kit/context';
import type { Money } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import type {
  AmountRequest,
  AuthorizeRequest,
  PaymentProvider,
  ProviderAnswer,
  VoidRequest,
} from './payment-provider.ts';
import { declineCodeOf, type TestCharge } from './test-charge.policy.ts';

const SLOW_TOKEN = 'tok_slow';
const SLOW_MS = 2_000;

/** A charge that is asked for. */
interface ChargeRequest {
  readonly idempotencyKey: string;
  readonly authorizationKey: string;
  readonly kind: TestCharge['kind'];
  readonly amount: Money | null;
  readonly token: string | null;
}

/**
 * A payment provider that needs no account and no network. What a token does is in `test-charge.policy.ts`. It keeps its own
 * books, each entry in a transaction of its own, like a company somewhere else would.
 */
export class TestPaymentProvider implements PaymentProvider {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #delay: (milliseconds: number) => Promise<void>;

  /** @param delay what `tok_slow` waits by. Default: real time. */
  constructor(unitOfWork: PaymentsUnitOfWork, delay: (milliseconds: number) => Promise<void> = sleep) {
    this.#unitOfWork = unitOfWork;
    this.#delay = delay;
  }

  async authorize(ctx: RequestContext, { idempotencyKey, amount, token }: AuthorizeRequest): Promise<ProviderAnswer> {
    if (token === SLOW_TOKEN) await this.#delay(SLOW_MS);
    return this.#charge(ctx, { idempotencyKey, authorizationKey: idempotencyKey, kind: 'AUTHORIZE', amount, token });
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
      const history = await lockHistory(tx, request.authorizationKey);
      const done = history.find((charge) => charge.idempotencyKey === request.idempotencyKey);
      return answerOf(done ?? (await record(tx, request, declineCodeOf(request, history))));
    });
  }
}

/** What happened to an authorization. Charges of the same one take turns, also before its first. */
async function lockHistory(tx: PaymentsTransaction, authorizationKey: string): Promise<TestCharge[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`test-provider ${tx.tenantId} ${authorizationKey}`}, 0))`.execute(
    tx.db,
  );
  const rows = await tx.db
    .selectFrom('test_provider_charge')
    .select(['idempotency_key', 'kind', 'amount_minor', 'decline_code', 'reference'])
    .where('tenant_id', '=', tx.tenantId)
    .where('authorization_key', '=', authorizationKey)
    .execute();
  return rows.map((row) => ({
    idempotencyKey: row.idempotency_key,
    kind: row.kind,
    amountMinor: row.amount_minor,
    declineCode: row.decline_code,
    reference: row.reference,
  }));
}

async function record(
  tx: PaymentsTransaction,
  { idempotencyKey, authorizationKey, kind, amount }: ChargeRequest,
  declineCode: string | null,
): Promise<TestCharge> {
  const charge = {
    idempotencyKey,
    kind,
    amountMinor: amount?.amountMinor ?? 0,
    declineCode,
    reference: `test_${kind.toLowerCase()}_${randomUUID()}`,
  };
  await tx.db
    .insertInto('test_provider_charge')
    .values({
      idempotency_key: idempotencyKey,
      authorization_key: authorizationKey,
      kind,
      amount_minor: charge.amountMinor,
      currency: amount?.currency ?? null,
      decline_code: declineCode,
      reference: charge.reference,
    })
    .execute();
  return charge;
}

function answerOf({ declineCode, reference }: TestCharge): ProviderAnswer {
  return declineCode === null ? { kind: 'APPROVED', reference } : { kind: 'DECLINED', declineCode };
}
