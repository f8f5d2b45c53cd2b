import { systemClock, type Clock } from '@souk/kit/domain';
import { REMEMBERED_MS, type EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** In this process: one that starts has to recall those that ended before. */
export class MemoryEndedSessions implements EndedSessions {
  readonly #clock: Clock;
  /** Until when each is remembered (Unix ms). */
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

  /** Sessions that ended elsewhere, and until when (Unix ms) they are to be remembered. */
  remember(sessions: Iterable<readonly [id: string, untilMs: number]>): void {
    for (const [id, untilMs] of sessions) if (!this.#untilMs.has(id)) this.#untilMs.set(id, untilMs);
  }

  /** Those that are remembered, each until when (Unix ms); the others are forgotten. */
  remembered(): ReadonlyMap<string, number> {
    const nowMs = this.#clock.now().getTime();
    for (const [id, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(id);
    return this.#untilMs;
  }

  /** They stand nearly in the order in which they ended: not every end of a session looks at all of them. */
  #forgetOldest(): void {
    const nowMs = this.#clock.now().getTime();
    for (const [id, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) return;
      this.#untilMs.delete(id);
    }
  }
}
