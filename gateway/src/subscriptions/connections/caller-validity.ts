import { API_KEY_ROLE } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { Caller } from '../../identity/caller.ts';
import type { Revocations } from '../../identity/revocations.ts';

/** The reason why an admitted caller must be disconnected. */
export type ValidityProblem = 'TOKEN_EXPIRED' | 'TOKEN_REVOKED' | 'API_KEY_EXPIRED' | 'API_KEY_REVOKED';

/** The error messages that clients receive when they are disconnected. */
export const VALIDITY_PROBLEMS: Readonly<Record<ValidityProblem, string>> = {
  TOKEN_EXPIRED: 'The access token has expired: connect again with a new one',
  TOKEN_REVOKED: 'The session of this access token has ended: sign in again',
  API_KEY_EXPIRED: 'The API key has expired: rotate it, then connect with the new secret',
  API_KEY_REVOKED: 'The API key was revoked: connect with another key',
};

/** Checks whether admitted callers may still receive answers. The check runs for each answer and reads memory only. */
export class CallerValidity {
  readonly #clock: Clock;
  readonly #revocations: Revocations;

  constructor(clock: Clock, revocations: Revocations) {
    this.#clock = clock;
    this.#revocations = revocations;
  }

  /** The reason why the caller must be disconnected, or null. Always null for callers without a token. */
  problemOf({ token }: Caller): ValidityProblem | null {
    if (!token) return null;
    const credential = token.role === API_KEY_ROLE ? 'API_KEY' : 'TOKEN';
    if (token.expiresAt <= this.#clock.now()) return `${credential}_EXPIRED`;
    return this.#revocations.isRevoked(token) ? `${credential}_REVOKED` : null;
  }
}
