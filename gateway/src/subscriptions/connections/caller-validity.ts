import type { Clock } from '@souk/kit/domain';
import type { Caller } from '../../identity/caller.ts';
import type { Revocations } from '../../identity/revocations.ts';

/** Why a caller who was let in may not stay. */
export type ValidityProblem = 'TOKEN_EXPIRED' | 'TOKEN_REVOKED';

/** What to tell them. */
export const VALIDITY_PROBLEMS: Readonly<Record<ValidityProblem, string>> = {
  TOKEN_EXPIRED: 'The access token has expired: connect again with a new one',
  TOKEN_REVOKED: 'The session of this access token has ended: sign in again',
};

/** Whether callers may still be told what they were let in for. Asked for each answer of each of them: it verifies nothing anew. */
export class CallerValidity {
  readonly #clock: Clock;
  readonly #revocations: Revocations;

  constructor(clock: Clock, revocations: Revocations) {
    this.#clock = clock;
    this.#revocations = revocations;
  }

  /** Null for a caller who may stay, as everybody without a token may. */
  problemOf({ token }: Caller): ValidityProblem | null {
    if (!token) return null;
    if (token.expiresAt <= this.#clock.now()) return 'TOKEN_EXPIRED';
    return this.#revocations.isRevoked(token) ? 'TOKEN_REVOKED' : null;
  }
}
