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
 * Limits the authorizations that one client address runs at the same time, so that declines at the same time cannot pass the limit: each
 * running authorization counts like a decline until it is answered.
 */
export class PaymentAttempts {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #patienceMs: number;

  /** @param patienceMs how long a checkout waits for a place, in milliseconds. @default 5000 */
  constructor(unitOfWork: OrdersUnitOfWork, patienceMs = 5_000) {
    this.#unitOfWork = unitOfWork;
    this.#patienceMs = patienceMs;
  }

  /** Waits for a place. Refused when the address has too many declines, or when its other authorizations take too long. */
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

/** Returned to a buyer whose address or cart had too many declined payments. */
export function tooManyDeclines(retryAfterSeconds: number): TooManyAttempts {
  return tooManyAttempts('Payments were declined', retryAfterSeconds, ['payment', 'token']);
}
