import { ApiKeyRevoked, SessionEnded } from '@souk/accounts/contract';
import type { EndedSessions } from '@souk/gateway';
import type { EventEnvelope } from '@souk/kit/contracts';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';

/** The events that end access before the access token expires. Every gateway process receives all of them. */
export const ENDED_SESSIONS_READER: EventReader = {
  name: 'gateway.ended-sessions',
  events: [SessionEnded, ApiKeyRevoked],
  batchSize: 100,
  everyProcess: true,
};

/**
 * Reports ended sessions and revoked API keys to the gateway. The gateway then closes their sockets and subscriptions.
 * @param missed ends the sessions whose events may be lost: see `endLostSessions`
 */
export function sessionEndings(sessions: Pick<EndedSessions, 'end'>, missed: () => Promise<void>): EventConsumer {
  return {
    ...ENDED_SESSIONS_READER,
    handle: (envelopes) => sessions.end(envelopes.map(endedId)),
    missed,
    park: async () => undefined, // the access token still expires
  };
}

/** The id of the ended session. Requests with an API key have the key's id as their session id. */
function endedId({ event_type, data }: EventEnvelope): string {
  return event_type === ApiKeyRevoked.subject
    ? ApiKeyRevoked.payload.parse(data).apiKeyId
    : SessionEnded.payload.parse(data).sessionId;
}
