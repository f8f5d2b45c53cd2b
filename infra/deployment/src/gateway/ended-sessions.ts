import { SessionEnded } from '@souk/accounts/contract';
import type { EndedSessions } from '@souk/gateway';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';

/** The gateway's reader of ended sessions. */
export const ENDED_SESSIONS_READER: EventReader = {
  name: 'gateway.ended-sessions',
  events: [SessionEnded],
  batchSize: 100,
  everyProcess: true,
};

/**
 * Reports ended sessions to the gateway at once. The gateway then closes the sockets and subscriptions of these sessions.
 * @param missed ends the sessions whose events may be lost: see `endLostSessions`
 */
export function sessionEndings(sessions: Pick<EndedSessions, 'end'>, missed: () => Promise<void>): EventConsumer {
  return {
    ...ENDED_SESSIONS_READER,
    handle: (envelopes) => sessions.end(envelopes.map(({ data }) => SessionEnded.payload.parse(data).sessionId)),
    missed,
    park: async () => undefined, // the access token still expires
  };
}
