import { SessionEnded } from '@souk/accounts/contract';
import type { Revocations } from '@souk/gateway';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';

/** Longer than an access token lives: after it, the token has expired anyway. */
const REMEMBERED_MS = 20 * 60_000;

/** What the gateway reads of logins. */
export const ENDED_SESSIONS_READER: EventReader = {
  name: 'gateway.ended-sessions',
  events: [SessionEnded],
  batchSize: 100,
  everyProcess: true,
};

/** The sessions that ended lately. Their access tokens count no more. In memory: a new process starts with none. */
export class EndedSessions implements Revocations {
  /** In the order in which they ended. */
  readonly #endedAtMs = new Map<string, number>();

  isRevoked({ sessionId }: Parameters<Revocations['isRevoked']>[0]): boolean {
    return sessionId !== null && this.#endedAtMs.has(sessionId);
  }

  /** Hears of them. */
  consumer(): EventConsumer {
    return {
      ...ENDED_SESSIONS_READER,
      handle: async (envelopes) => {
        for (const { data } of envelopes) this.#add(SessionEnded.payload.parse(data).sessionId);
      },
      park: async () => undefined, // such a token still expires
    };
  }

  #add(sessionId: string): void {
    const now = performance.now();
    this.#endedAtMs.set(sessionId, now);
    for (const [ended, endedAtMs] of this.#endedAtMs) {
      if (now - endedAtMs < REMEMBERED_MS) break;
      this.#endedAtMs.delete(ended);
    }
  }
}
