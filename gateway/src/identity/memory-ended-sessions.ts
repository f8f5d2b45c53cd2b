import { systemClock, type Clock } from '@souk/kit/domain';
import { REMEMBERED_MS, type EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** Stores ended sessions in this process. A new process must call `recall` with the sessions that ended earlier. */
export class MemoryEndedSessions implements EndedSessions {
  readonly #clock: Clock;
  /** Sessions that the accounts subgraph has ended, each with the expiry of its entry (Unix time in milliseconds). */
  readonly #ended = new Map<string, number>();
  /** Ended sessions from a shared store. A wrong expiry in the store must not shorten an entry of `#ended`, so the entries are separate. */
  readonly #reported = new Map<string, number>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  isRevoked({ sessionId }: TokenClaims): boolean {
    return sessionId !== null && this.untilMs(sessionId) > this.#clock.now().getTime();
  }

  async end(sessionIds: readonly string[]): Promise<void> {
    const untilMs = this.#clock.now().getTime() + REMEMBERED_MS;
    for (const id of sessionIds) if (!this.#ended.has(id)) this.#ended.set(id, untilMs);
    this.#forgetOldest();
  }

  recall(sessions: Iterable<readonly [id: string, endedAt: Date]>): void {
    for (const [id, endedAt] of sessions) {
      if (!this.#ended.has(id)) this.#ended.set(id, endedAt.getTime() + REMEMBERED_MS);
    }
  }

  /** Adds sessions from a shared store, each with the expiry of its entry (Unix time in milliseconds). */
  remember(sessions: Iterable<readonly [id: string, untilMs: number]>): void {
    for (const [id, untilMs] of sessions) this.#reported.set(id, Math.max(untilMs, this.#reported.get(id) ?? 0));
  }

  /** All stored sessions, each with the expiry of its entry (Unix time in milliseconds). Removes expired entries. */
  remembered(): ReadonlyMap<string, number> {
    const nowMs = this.#clock.now().getTime();
    for (const entries of [this.#ended, this.#reported]) {
      for (const [id, untilMs] of entries) if (untilMs <= nowMs) entries.delete(id);
    }
    const ids = [...this.#reported.keys(), ...this.#ended.keys()];
    return new Map(ids.map((id) => [id, this.untilMs(id)]));
  }

  /** The expiry of a session's entry (Unix time in milliseconds), or 0 when the session has no entry. */
  untilMs(id: string): number {
    return Math.max(this.#ended.get(id) ?? 0, this.#reported.get(id) ?? 0);
  }

  /** Removes expired entries. The entries are nearly sorted by expiry, so the method stops at the first entry that has not expired. */
  #forgetOldest(): void {
    const nowMs = this.#clock.now().getTime();
    for (const [id, untilMs] of this.#ended) {
      if (untilMs > nowMs) return;
      this.#ended.delete(id);
    }
  }
}
