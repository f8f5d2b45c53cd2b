import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { CallTurns } from '../provider/call-turns.ts';
import { takeTurn } from './step-turn.repository.ts';

const TURN_MS = 60_000;

/** The turns are columns of the steps, so they end with their steps, and survive a crash. */
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
