import { problemType } from '@souk/gateway/rest';
import type { GraphQLSchema } from 'graphql';
import { isInterfaceType, isObjectType } from 'graphql';
import type { JsonSchema, JsonSchemas } from './json-schemas.ts';

/** The schema of a header value or an id: printable ASCII, without line breaks that could end the header. */
const LINE = { type: 'string', maxLength: 8192, pattern: '^[\\x20-\\x7e]*$' } as const;
const COUNT = { type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 } as const;

/** The headers of responses, by name. */
export const HEADERS: Readonly<Record<string, JsonSchema>> = {
  'Content-Disposition': { description: 'The name of the file.', schema: LINE },
  'Access-Control-Allow-Origin': {
    description: 'Present when the operator allows pages of the requesting origin. Souk reads no cookies.',
    schema: LINE,
  },
  RateLimit: {
    description:
      'The remaining requests of the limit, and the seconds until it is full again (draft-ietf-httpapi-ratelimit-headers). Not on responses that shared caches may keep.',
    schema: LINE,
  },
  'X-Request-ID': {
    description: 'Id of this request. Report it to the operator with a failure.',
    schema: { ...LINE, maxLength: 36 },
  },
  'X-Correlation-ID': {
    description: 'The id that the request had, or else the request id. Everything that the request causes has it.',
    schema: { ...LINE, maxLength: 128 },
  },
  ETag: { description: 'Send it as If-None-Match, and as If-Match when the data has a version.', schema: LINE },
  Link: { description: 'The first page, and the next page if there is one (RFC 8288).', schema: LINE },
  Location: { description: 'Address of the new resource.', schema: LINE },
  'Retry-After': { description: 'Seconds to wait.', schema: COUNT },
};

/** References to response headers, by name. */
export function headerRefs(...names: readonly string[]): JsonSchema {
  return Object.fromEntries(
    ['Access-Control-Allow-Origin', 'RateLimit', 'X-Request-ID', 'X-Correlation-ID', ...names].map((name) => [
      name,
      { $ref: `#/components/headers/${name}` },
    ]),
  );
}

interface ProblemKind {
  readonly name: string;
  readonly description: string;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  readonly extras?: JsonSchema;
  readonly headers?: readonly string[];
}

/** The error responses, by HTTP status. Each has an example. */
export const PROBLEMS: Readonly<Record<number, ProblemKind>> = {
  400: {
    name: 'BadRequest',
    description: 'The request is wrong. `errors` has the reason, the place and the remedy.',
    code: 'INVALID_PARAMETER',
    field: 'limit',
    message: 'limit must be a whole number from 1 to 200; without it a page has 50 items',
  },
  401: {
    name: 'Unauthenticated',
    description: 'The caller is not logged in, or its credentials are invalid or expired.',
    code: 'UNAUTHENTICATED',
    field: null,
    message: 'The access token has expired: get a new one with your refresh token, or sign in again',
  },
  403: {
    name: 'Forbidden',
    description: 'The caller has no right to do this.',
    code: 'FORBIDDEN',
    field: null,
    message: 'You are not allowed to do this: ask an owner of the shop for the right to',
  },
  404: {
    name: 'NotFound',
    description: 'There is no resource at this address, or you may not see it.',
    code: 'NOT_FOUND',
    field: null,
    message: 'There is nothing here, or nothing that you may see: check the address, and who you are logged in as',
  },
  406: {
    name: 'NotAcceptable',
    description: 'The Accept header leaves out JSON.',
    code: 'NOT_ACCEPTABLE',
    field: 'Accept',
    message:
      'Answers are application/json, and application/problem+json for problems: name both in Accept, or leave it out',
  },
  409: {
    name: 'Conflict',
    description: 'The present state does not allow the request.',
    code: 'INSUFFICIENT_STOCK',
    field: 'lines.0.quantity',
    message: 'Only 2 are left: lower the quantity',
    extras: { variantId: '0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a02', available: 2 },
  },
  412: {
    name: 'PreconditionFailed',
    description: 'The resource has another version than If-Match. Read it again and decide again.',
    code: 'VERSION_CONFLICT',
    field: 'If-Match',
    message: 'Another caller has changed it meanwhile: read it again',
    extras: { currentVersion: 4 },
  },
  413: {
    name: 'PayloadTooLarge',
    description: 'The body is too large.',
    code: 'PAYLOAD_TOO_LARGE',
    field: null,
    message: 'The request body is larger than 1048576 bytes; send files in parts, and lists in pages',
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not JSON.',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    field: null,
    message: 'Send the body as JSON, with Content-Type: application/json',
  },
  429: {
    name: 'TooManyRequests',
    description: 'The rate limit is exhausted. Wait for the seconds in Retry-After.',
    code: 'RATE_LIMITED',
    field: null,
    message: 'This shop sends more than 100 in a minute: wait 12 s before the next one',
    extras: { limit: 'tenant', retryAfterSeconds: 12 },
    headers: ['Retry-After'],
  },
  500: {
    name: 'InternalError',
    description: 'Souk failed. Report the request id to the operator.',
    code: 'INTERNAL_SERVER_ERROR',
    field: null,
    message: 'Something went wrong',
  },
  503: {
    name: 'Unavailable',
    description: 'A part of the platform does not respond. Try again with the same Idempotency-Key.',
    code: 'SERVICE_UNAVAILABLE',
    field: null,
    message: 'Stock cannot be reserved at the moment: try again in a moment',
    headers: ['Retry-After'],
  },
};

const REQUEST_ID = '6f1c9f9e-0f0a-4c5b-8f53-2f0c3a1d7e10';

/** All error responses, by name. */
export function problemResponses(): JsonSchema {
  return Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, kind]) => [kind.name, problemResponse(Number(status), kind)]),
  );
}

function problemResponse(
  status: number,
  { description, code, field, message, extras, headers = [] }: ProblemKind,
): JsonSchema {
  const words = code.toLowerCase().replaceAll('_', ' ');
  const errors = [{ code, field, message, ...extras }];
  const problem = {
    type: problemType(code),
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    status,
    detail: message,
    instance: '/api/v1/...',
    errors,
    request_id: REQUEST_ID,
  };
  const plain = { status: 'error', data: null, errors, request_id: REQUEST_ID };
  return {
    description,
    headers: headerRefs(...headers),
    content: {
      'application/problem+json': { schema: ref('Problem'), example: problem },
      'application/json': { schema: ref('ErrorEnvelope'), example: plain },
    },
  };
}

export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** Adds the schemas of response envelopes and of problems. */
export function addEnvelopeSchemas(schemas: JsonSchemas, schema: GraphQLSchema): void {
  const requestId = { type: 'string', format: 'uuid', maxLength: 36 };
  const errors = { type: 'array', maxItems: 1000, items: ref('Error') };
  schemas.named('RequestId', () => requestId);
  schemas.named('Error', () => errorSchema(schemas, schema));
  schemas.named('Link', () =>
    strict({ href: LINE, method: { type: 'string', enum: ['POST', 'PUT', 'PATCH', 'DELETE'] } }, ['href']),
  );
  schemas.named('PageMeta', () => pageMeta());
  schemas.named('Problem', () =>
    strict(
      {
        type: { ...LINE, description: 'Identifies the problem. The address explains it.' },
        title: { ...LINE, description: 'Equal for all problems of the type.' },
        status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
        detail: { ...TEXT, description: 'The reason of this problem, and the remedy.' },
        instance: { ...LINE, description: 'The requested address.' },
        errors,
        request_id: ref('RequestId'),
      },
      ['type', 'title', 'status', 'detail', 'instance', 'errors', 'request_id'],
      'A problem by RFC 9457.',
    ),
  );
  schemas.named('ErrorEnvelope', () =>
    strict(
      { status: { type: 'string', const: 'error' }, data: { type: 'null' }, errors, request_id: ref('RequestId') },
      ['status', 'data', 'errors', 'request_id'],
      'The form of a problem for a client that accepts only application/json.',
    ),
  );
}

const TEXT = { type: 'string', maxLength: 65_536, pattern: '^[^\\u0000]*$' } as const;

function pageMeta(): JsonSchema {
  return strict(
    {
      limit: { ...COUNT, minimum: 1, maximum: 200, description: 'Maximum number of items on a page.' },
      cursor: {
        type: ['string', 'null'],
        maxLength: 8192,
        pattern: '^[\\x21-\\x7e]*$',
        description: 'Cursor of the next page: send it as ?cursor. Null on the last page.',
      },
      total: { ...COUNT, description: 'Number of all items. Present with ?total=true.' },
    },
    ['limit', 'cursor'],
  );
}

/** The schema of an error. The descriptions of user error fields come from the GraphQL schema. */
function errorSchema(schemas: JsonSchemas, schema: GraphQLSchema): JsonSchema {
  const userError = schema.getType('UserError');
  const types = isInterfaceType(userError) ? schema.getImplementations(userError).objects : [];
  const extras = types.flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ name }) => !['code', 'message', 'field'].includes(name))
      .map(({ name, type: output, description }) => {
        const named = 'ofType' in output ? output.ofType : output;
        const value = isObjectType(named) ? ref('Money') : 'name' in named ? schemas.scalar(named) : TEXT;
        return [name, description ? { ...value, description } : value] as const;
      }),
  );
  return strict(
    {
      code: { type: 'string', maxLength: 64, pattern: '^[A-Z][A-Z_]*$', description: 'For programs.' },
      field: {
        type: ['string', 'null'],
        maxLength: 1024,
        pattern: '^[\\x20-\\x7e]*$',
        description: 'A parameter, a header, or a path in the body: lines.0.quantity.',
      },
      message: { ...TEXT, description: 'For people: the reason and the remedy.' },
      ...Object.fromEntries(extras),
      limit: { ...LINE, maxLength: 64, description: 'Name of the exhausted limit.' },
      retryAfterSeconds: { ...COUNT, description: 'Seconds to wait, as in Retry-After.' },
    },
    ['code', 'field', 'message'],
  );
}

/** The schema of an object that has only these properties. */
export function strict(properties: JsonSchema, required: readonly string[], description?: string): JsonSchema {
  return { type: 'object', ...(description && { description }), properties, required, additionalProperties: false };
}
