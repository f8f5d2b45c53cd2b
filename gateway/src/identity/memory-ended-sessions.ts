import { systemClock, type Clock } from '@souk/kit/domain';
import { REMEMBERED_MS, type EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** Stores ended sessions in this process. A process that starts has to recall earlier ones. */
export class MemoryEndedSessions implements EndedSessions {
  readonly #clock: Clock;
  /** Expiry of each entry (Unix ms). */
  readonly #untilMs = new Map<string, number>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  isRevoked({ sessionId }: TokenClaims): boolean {
    return sessionId !== null && (this.#untilMs.get(sessionId) ?? 0) > this.#clock.now().getTime();
  }

  async end(sessionIds: readonly string[]): Promise<void> {
    const untilMs = this.#clock.now().getTime() + REMEMBERED_MS;
    this.remember(sessionIds.map((id) => [id, untilMs]));
    this.#forgetOldest();
  }

  recall(sessions: Iterable<readonly [id: string, endedAt: Date]>): void {
    for (const [id, endedAt] of sessions) this.remember([[id, endedAt.getTime() + REMEMBERED_MS]]);
  }

  /** Adds sessions that ended elsewhere, with the expiry of their entries (Unix ms). */
  remember(sessions: Iterable<readonly [id: string, untilMs: number]>): void {
    for (const [id, untilMs] of sessions) if (!this.#untilMs.has(id)) this.#untilMs.set(id, untilMs);
  }

  /** The remembered sessions with their expiry (Unix ms). Expired entries are removed. */
  remembered(): ReadonlyMap<string, number> {
    const nowMs = this.#clock.now().getTime();
    for (const [id, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(id);
    return this.#untilMs;
  }

  /** Entries are nearly ordered by their expiry, so this check does not visit all of them. */
  #forgetOldest(): void {
    const nowMs = this.#clock.now().getTime();
    for (const [id, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) return;
      this.#untilMs.delete(id);
    }
  }
}
