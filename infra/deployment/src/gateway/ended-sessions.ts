import { SessionEnded } from '@souk/accounts/contract';
import type { EndedSessions } from '@souk/gateway';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';

/** What the gateway reads of logins. */
export const ENDED_SESSIONS_READER: EventReader = {
  name: 'gateway.ended-sessions',
  events: [SessionEnded],
  batchSize: 100,
  everyProcess: true,
};

/**
 * Tells the gateway of them at once, so that it ends what they have open.
 * @param missed ends the sessions whose events may be lost: see `endLostSessions`.
 */
export function sessionEndings(sessions: Pick<EndedSessions, 'end'>, missed: () => Promise<void>): EventConsumer {
  return {
    ...ENDED_SESSIONS_READER,
    handle: (envelopes) => sessions.end(envelopes.map(({ data }) => SessionEnded.payload.parse(data).sessionId)),
    missed,
    park: async () => undefined, // such a token still expires
  };
}
