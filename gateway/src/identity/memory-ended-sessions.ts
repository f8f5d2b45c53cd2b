import { systemClock, type Clock } from '@souk/kit/domain';
import { REMEMBERED_MS, type EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** Stores ended sessions in this process. A new process has to call `recall` with the sessions that ended earlier. */
export class MemoryEndedSessions implements EndedSessions {
  readonly #clock: Clock;
  /** Sessions that the subgraph accounts has ended, each with the expiry of its entry (Unix ms). */
  readonly #ended = new Map<string, number>();
  /** Sessions that a shared store reported as ended. A wrong expiry in the store does not shorten an entry of `#ended`. */
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

  /** Adds sessions that ended elsewhere, with the expiry of their entries (Unix ms). */
  remember(sessions: Iterable<readonly [id: string, untilMs: number]>): void {
    for (const [id, untilMs] of sessions) this.#reported.set(id, Math.max(untilMs, this.#reported.get(id) ?? 0));
  }

  /** The remembered sessions with their expiry (Unix ms). Expired entries are removed. */
  remembered(): ReadonlyMap<string, number> {
    const nowMs = this.#clock.now().getTime();
    for (const entries of [this.#ended, this.#reported]) {
      for (const [id, untilMs] of entries) if (untilMs <= nowMs) entries.delete(id);
    }
    const ids = [...this.#reported.keys(), ...this.#ended.keys()];
    return new Map(ids.map((id) => [id, this.untilMs(id)]));
  }

  /** The expiry of a session's entry (Unix ms), or 0 when the session is not known to have ended. */
  untilMs(id: string): number {
    return Math.max(this.#ended.get(id) ?? 0, this.#reported.get(id) ?? 0);
  }

  /** Removes expired entries. The entries are nearly ordered by their expiry, so the method need not visit all of them. */
  #forgetOldest(): void {
    const nowMs = this.#clock.now().getTime();
    for (const [id, untilMs] of this.#ended) {
      if (untilMs > nowMs) return;
      this.#ended.delete(id);
    }
  }
}
