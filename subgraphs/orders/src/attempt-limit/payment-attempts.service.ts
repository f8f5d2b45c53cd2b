import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { OrdersUnitOfWork } from '../database.ts';
import { secondsToWait } from './attempt-count.repository.ts';
import { tooManyAttempts, type TooManyAttempts } from './attempt-limit.errors.ts';
import { addressOfDecline } from './attempt-limit.policy.ts';
import { claimPlace } from './payment-attempt.repository.ts';

const LOOK_EVERY_MS = 50;

/**
 * Limits the concurrent authorizations of one client IP address. Each running authorization counts as a decline until the provider replies.
 * Without this, a burst of parallel authorizations could exceed the limit of declines.
 */
export class PaymentAttempts {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #patienceMs: number;

  /** @param patienceMs how long `claim` waits while the limit is reached, in milliseconds. @default 5000 */
  constructor(unitOfWork: OrdersUnitOfWork, patienceMs = 5_000) {
    this.#unitOfWork = unitOfWork;
    this.#patienceMs = patienceMs;
  }

  /**
   * Waits until the client IP address may run one more authorization. Returns a failure when the IP address has too many declines, or when
   * the limit is still reached after `patienceMs`.
   */
  async claim(ctx: RequestContext, checkoutId: string): Promise<Result<void, TooManyAttempts>> {
    const attempt = addressOfDecline(ctx);
    if (!attempt) return ok(undefined);
    const lastLook = performance.now() + this.#patienceMs;
    for (;;) {
      const wait = await this.#unitOfWork.run(ctx, async (tx) =>
        (await claimPlace(tx, checkoutId, attempt)) ? null : secondsToWait(tx, [attempt]),
      );
      if (wait === null) return ok(undefined);
      if (wait > 0 || performance.now() > lastLook) return err(tooManyDeclines(Math.max(1, wait)));
      await sleep(LOOK_EVERY_MS);
    }
  }
}

/** Returned to a buyer whose client IP address or cart had too many declined payments. */
export function tooManyDeclines(retryAfterSeconds: number): TooManyAttempts {
  return tooManyAttempts('Payments were declined', retryAfterSeconds, ['payment', 'token']);
}
