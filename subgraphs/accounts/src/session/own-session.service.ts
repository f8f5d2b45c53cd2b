import { callingUser, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  err,
  failure,
  ok,
  type Clock,
  type InvalidPage,
  type NotFound,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type IdempotencyFailure, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { SessionEnded } from '../contract.ts';
import type { AccountsUnitOfWork } from '../database.ts';
import { openSessionPage, revokeOwnSession, type SessionRecord } from './session.repository.ts';

/** Lists and ends the open sessions of the calling user. */
export class OwnSessionService {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: AccountsUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** A page of the caller's open sessions, the latest login first. @throws AccessDeniedError for a caller who is not a user */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<SessionRecord>, InvalidPage>> {
    const userId = callingUser(ctx);
    return this.#unitOfWork.read(ctx, (tx) => openSessionPage(tx, userId, this.#clock.now(), page));
  }

  /**
   * Ends a session of the caller.
   * @returns the id of the session.
   * @throws AccessDeniedError for a caller who is not a user
   */
  end(
    ctx: RequestContext,
    input: MutationInput & { readonly id: string },
  ): Promise<Result<string, NotFound | IdempotencyFailure>> {
    const userId = callingUser(ctx);
    const mutation = { scope: null, operation: 'sessionEnd', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx) => {
      const ended = await revokeOwnSession(tx, { id: input.id, userId }, this.#clock.now());
      if (!ended) return err(failure('NOT_FOUND', 'You have no open session with this id', ['id']));
      tx.outbox.append(eventOf(SessionEnded, input.id, { sessionId: input.id, userId }));
      return ok(input.id);
    });
  }
}
