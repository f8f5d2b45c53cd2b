import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { CallTurns } from '../provider/call-turns.ts';
import { takeTurn } from './step-turn.repository.ts';

const TURN_MS = 60_000;

/**
 * Stores the reservations of `CallTurns` in the rows of the steps. The reservations survive a crash, and are deleted together with the
 * step.
 */
export class StepTurns implements CallTurns {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: PaymentsUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  take(ctx: RequestContext, stepId: string): Promise<boolean> {
    const now = this.#clock.now();
    const ended = new Date(now.getTime() - TURN_MS);
    return this.#unitOfWork.run(ctx, (tx) => takeTurn(tx, stepId, { now, ended }));
  }
}
