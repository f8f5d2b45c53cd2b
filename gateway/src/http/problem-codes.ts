/** The documentation of an error code on the page `/docs/problems`. */
export interface ProblemCode {
  /** The HTTP status of a problem whose first error has this code. */
  readonly status: number;
  /** The cause of the error, and its remedy. Text within backticks is shown as code. */
  readonly text: string;
}

/** The path of the page that explains all error codes. */
export const PROBLEMS_PATH = '/docs/problems';

/** The anchor of a code on the page of problem codes, such as `insufficient-stock`. */
export function problemAnchor(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** A problem's `type` (RFC 9457, 3.1.1): a link to the explanation of the code. */
export function problemType(code: string): string {
  return `${PROBLEMS_PATH}#${problemAnchor(code)}`;
}

/** Codes of the gateway itself, for requests that are refused before their operation runs or whose operation fails as a whole. */
export const PROBLEM_CODES: Readonly<Record<string, ProblemCode>> = {
  ADDRESS_TOO_LONG: { status: 414, text: 'The address is too long: filter by fewer values, or send several requests.' },
  BAD_REQUEST: { status: 400, text: 'The request cannot be read, most often because the body is broken JSON.' },
  BAD_USER_INPUT: { status: 400, text: 'A value is not valid. `field` names it where it is known.' },
  BODY_NOT_TAKEN: { status: 400, text: 'The route takes no body: put the values into the address.' },
  CHANNEL_NOT_FOUND: {
    status: 404,
    text: '`X-Channel` names no active channel of the shop: send the code of one, or leave the header out.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    text: 'The database does not answer, or has stopped a request that took too long: try again, with the same `Idempotency-Key`.',
  },
  FORBIDDEN: { status: 403, text: 'The logged-in user lacks the required scope: ask an owner of the shop for it.' },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    text: 'The server failed: report `request_id` to the operator of the shop.',
  },
  INVALID_BODY: { status: 400, text: 'The body is not a JSON object, or is nested too deeply.' },
  INVALID_PARAMETER: {
    status: 400,
    text: 'A parameter or header has a wrong form: `message` describes the right one.',
  },
  INVALID_VALUE: { status: 400, text: 'A value does not fit the type of its field: `message` describes valid values.' },
  METHOD_NOT_ALLOWED: { status: 405, text: 'The address does not take this method: `Allow` lists them.' },
  MISPLACED_FIELD: {
    status: 400,
    text: 'The body repeats a value of the address or of a header: leave it out of the body.',
  },
  MISSING_FIELD: { status: 400, text: 'A field or parameter that is required was left out: add it.' },
  NOT_ACCEPTABLE: { status: 406, text: '`Accept` leaves out JSON: name `application/json`, or leave the header out.' },
  OPERATION_TOO_LARGE: { status: 400, text: 'The request asks for too many items: take a smaller `limit`.' },
  PAYLOAD_TOO_LARGE: { status: 413, text: 'The body is too large: split long lists over several requests.' },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 404,
    text: 'The server does not have the operation of this route: report this to the operator of the shop.',
  },
  PRECONDITION_NOT_SUPPORTED: { status: 400, text: 'The route checks no versions: leave out `If-Match`.' },
  RATE_LIMITED: { status: 429, text: 'A limit is used up: wait for the seconds in `Retry-After`.' },
  REQUEST_TIMEOUT: { status: 408, text: 'The request did not arrive in time: send it again.' },
  ROUTE_NOT_FOUND: { status: 404, text: 'No route has this address: see the list of routes.' },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    text: 'A part of the platform does not answer: try again, with the same `Idempotency-Key`.',
  },
  TENANT_INVALID: { status: 400, text: '`X-Tenant-ID` is neither a slug nor a UUID.' },
  TENANT_MISMATCH: { status: 403, text: '`X-Tenant-ID` is not the shop of the login: leave the header out.' },
  TENANT_NOT_FOUND: {
    status: 404,
    text: "`X-Tenant-ID` names no shop, or it is missing and the host name is no shop's.",
  },
  TENANT_REQUIRED: { status: 400, text: 'No shop is named: send `X-Tenant-ID`, or call a host name of the shop.' },
  TOO_MANY_CONNECTIONS: {
    status: 429,
    text: 'The address of the client has too many connections open: close some, or send several requests over one.',
  },
  UNAUTHENTICATED: {
    status: 401,
    text: 'The request has no token, or the token has expired: `POST /auth/login`, then send `Authorization: Bearer <token>`.',
  },
  UNKNOWN_FIELD: { status: 400, text: 'The body has a field that the route does not know: leave it out.' },
  UNKNOWN_PARAMETER: { status: 400, text: 'The query parameter is unknown: `message` lists the known ones.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: 'The body is not JSON: send `Content-Type: application/json`.' },
};
