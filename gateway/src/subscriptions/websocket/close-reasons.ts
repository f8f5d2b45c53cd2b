import { VALIDITY_PROBLEMS, type ValidityProblem } from '../connections/caller-validity.ts';

/** A close code of RFC 6455 or graphql-transport-ws, and a reason as text. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** The maximum size of a close reason, in bytes (RFC 6455, 5.5.1). */
const REASON_BYTES = 123;

/** A close code with its reason. The reason is cut after the last complete character that fits into a close frame. */
export function closing(code: number, reason: string): Closing {
  const bytes = Buffer.from(reason);
  // With `stream: true` the decoder omits an incomplete character at the end.
  return { code, reason: new TextDecoder().decode(bytes.subarray(0, REASON_BYTES), { stream: true }) };
}

export const GATEWAY_STOPS = closing(1001, 'The gateway stops: connect again');
export const TOO_SLOW = closing(1013, 'SUBSCRIBER_TOO_SLOW: read the present state, then subscribe again');
export const TRY_AGAIN = closing(1013, 'Something went wrong: try again later');
export const BINARY_MESSAGE = closing(4400, 'Send messages as text, not binary');
export const NOT_ADMITTED = closing(4401, 'Unauthorized: wait for connection_ack before you subscribe');
export const SUBPROTOCOL_NOT_ACCEPTABLE = closing(4406, 'Subprotocol not acceptable: speak graphql-transport-ws');
export const INIT_TIMEOUT = closing(4408, 'Connection initialisation timeout');
export const TOO_MANY_INITS = closing(4429, 'Too many initialisation requests');

/**
 * The close codes for tokens that are no longer valid. graphql-ws treats 4401 as final. After 4403 graphql-ws
 * reconnects with fresh `connectionParams`. Its documentation uses 4403 for expired tokens.
 */
const VALIDITY_CODES: Readonly<Record<ValidityProblem, number>> = {
  TOKEN_EXPIRED: 4403,
  TOKEN_REVOKED: 4401,
  // A reconnect with the same API key fails, so graphql-ws must treat both close codes as final.
  API_KEY_EXPIRED: 4401,
  API_KEY_REVOKED: 4401,
};

/** The close code and reason for a caller whose token is no longer valid. */
export function tokenProblem(problem: ValidityProblem): Closing {
  return closing(VALIDITY_CODES[problem], `${problem}: ${VALIDITY_PROBLEMS[problem]}`);
}

/**
 * The close code and reason for a message that violates the protocol.
 * @param detail the fault in the message
 */
export function badMessage(detail: string): Closing {
  return closing(4400, `Invalid message: ${detail}`);
}

export function duplicateId(id: string): Closing {
  return closing(4409, `Subscriber for ${id} already exists`);
}
