import { systemClock, type Clock } from '@souk/kit/domain';
import type { EndedSessions } from './ended-sessions.ts';
import type { TokenClaims } from './token-claims.ts';

/** Longer than an access token lives (15 minutes), by what clocks may differ: after it, the token has expired anyway. */
const REMEMBERED_MS = 20 * 60_000;

/** In this process: one that starts knows of none that ended before. */
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
