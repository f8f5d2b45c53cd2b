/** What the reference says of a code. */
export interface ProblemCode {
  /** The HTTP status of a problem whose first error has the code. */
  readonly status: number;
  /** When it comes, and what to do. Backticks mark code. */
  readonly text: string;
}

/** The page that explains the codes. */
export const PROBLEMS_PATH = '/docs/problems';

/** The place of a code on that page: `insufficient-stock`. */
export function problemAnchor(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** A problem's `type` (RFC 9457, 3.1.1): leads to where the code is explained. */
export function problemType(code: string): string {
  return `${PROBLEMS_PATH}#${problemAnchor(code)}`;
}

/** Codes of the gateway itself: of a request that is refused before its operation runs, or whose operation fails as a whole. */
export const PROBLEM_CODES: Readonly<Record<string, ProblemCode>> = {
  ADDRESS_TOO_LONG: { status: 414, text: 'The address is too long: filter by fewer values, and ask several times.' },
  BAD_REQUEST: { status: 400, text: 'The request cannot be read, most often because the body is broken JSON.' },
  BAD_USER_INPUT: { status: 400, text: 'A value means nothing here; `field` says which one, where it is known.' },
  BODY_NOT_TAKEN: { status: 400, text: 'The route takes no body: say it in the address.' },
  DATABASE_UNAVAILABLE: {
    status: 503,
    text: 'The database does not answer, or has stopped a request that took too long: try again, with the same `Idempotency-Key`.',
  },
  FORBIDDEN: { status: 403, text: 'Whoever is logged in has no right to this: ask an owner of the shop for it.' },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    text: 'Something went wrong here: tell `request_id` to whoever runs the shop.',
  },
  INVALID_BODY: { status: 400, text: 'The body is no JSON object, or is nested too deeply.' },
  INVALID_PARAMETER: { status: 400, text: 'A parameter or header has a wrong form: `message` says the right one.' },
  INVALID_VALUE: { status: 400, text: 'A value does not fit the type of its field: `message` says what fits.' },
  METHOD_NOT_ALLOWED: { status: 405, text: 'The address takes other methods: `Allow` lists them.' },
  MISPLACED_FIELD: { status: 400, text: 'The body has what the address or a header says: say it there alone.' },
  MISSING_FIELD: { status: 400, text: 'A field or parameter that is required was left out: add it.' },
  NOT_ACCEPTABLE: { status: 406, text: '`Accept` leaves out JSON: name `application/json`, or leave the header out.' },
  OPERATION_TOO_LARGE: { status: 400, text: 'The request asks for more than one may: take a smaller `limit`.' },
  PAYLOAD_TOO_LARGE: { status: 413, text: 'The body is too large: send long lists in parts.' },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 404,
    text: 'The server does not have the operation of this route: tell whoever runs the shop.',
  },
  PRECONDITION_NOT_SUPPORTED: { status: 400, text: 'The route checks no versions: leave out `If-Match`.' },
  RATE_LIMITED: { status: 429, text: 'A limit is used up: wait for as many seconds as `Retry-After` says.' },
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
    text: 'Nobody is logged in, or the token has expired: `POST /auth/login`, then send `Authorization: Bearer <token>`.',
  },
  UNKNOWN_FIELD: { status: 400, text: 'The body has a field that the route does not know: leave it out.' },
  UNKNOWN_PARAMETER: { status: 400, text: 'There is no such query parameter: `message` lists those that there are.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: 'The body is no JSON: send `Content-Type: application/json`.' },
};
