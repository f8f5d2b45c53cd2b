import type { Clock } from '@souk/kit/domain';
import type { Caller } from '../../identity/caller.ts';
import type { Revocations } from '../../identity/revocations.ts';

/** The reason why a caller that was admitted earlier may not stay. */
export type ValidityProblem = 'TOKEN_EXPIRED' | 'TOKEN_REVOKED';

/** The messages that clients get. */
export const VALIDITY_PROBLEMS: Readonly<Record<ValidityProblem, string>> = {
  TOKEN_EXPIRED: 'The access token has expired: connect again with a new one',
  TOKEN_REVOKED: 'The session of this access token has ended: sign in again',
};

/** Checks whether admitted callers may still receive answers. The check runs for each answer and reads memory only. */
export class CallerValidity {
  readonly #clock: Clock;
  readonly #revocations: Revocations;

  constructor(clock: Clock, revocations: Revocations) {
    this.#clock = clock;
    this.#revocations = revocations;
  }

  /** The reason why a caller may not stay, or null when the caller may stay. Callers without a token may always stay. */
  problemOf({ token }: Caller): ValidityProblem | null {
    if (!token) return null;
    if (token.expiresAt <= this.#clock.now()) return 'TOKEN_EXPIRED';
    return this.#revocations.isRevoked(token) ? 'TOKEN_REVOKED' : null;
  }
}
