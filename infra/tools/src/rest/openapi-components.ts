import { problemType } from '@souk/gateway/rest';
import type { GraphQLSchema } from 'graphql';
import { isInterfaceType, isObjectType } from 'graphql';
import type { JsonSchema, JsonSchemas } from './json-schemas.ts';

/** Text of a header or an id: no sign that could end a header. */
const LINE = { type: 'string', maxLength: 8192, pattern: '^[\\x20-\\x7e]*$' } as const;
const COUNT = { type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 } as const;

/** Headers that answers have, by their names. */
export const HEADERS: Readonly<Record<string, JsonSchema>> = {
  'Access-Control-Allow-Origin': {
    description: 'There where the operator lets pages of the asking origin call. No cookie is ever read.',
    schema: LINE,
  },
  RateLimit: {
    description:
      'What is left of the limit, and the seconds until it is whole again (draft-ietf-httpapi-ratelimit-headers). Not on answers that caches may keep for others.',
    schema: LINE,
  },
  'X-Request-ID': {
    description: 'Of this request: tell it when something went wrong.',
    schema: { ...LINE, maxLength: 36 },
  },
  'X-Correlation-ID': {
    description: 'As it was sent; else the request id. It is on everything that the request caused.',
    schema: { ...LINE, maxLength: 128 },
  },
  ETag: { description: 'Send it as If-None-Match, and where the data has a version as If-Match.', schema: LINE },
  Link: { description: 'The first page, and the next one where there is one (RFC 8288).', schema: LINE },
  Location: { description: 'Where the new thing is.', schema: LINE },
  'Retry-After': { description: 'Seconds to wait.', schema: COUNT },
};

/** References to headers, by their names. */
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

/** What a request can be refused with, by HTTP status, with an example each. */
export const PROBLEMS: Readonly<Record<number, ProblemKind>> = {
  400: {
    name: 'BadRequest',
    description: 'Something in the request is wrong: `errors` says what, where, and what to do.',
    code: 'INVALID_PARAMETER',
    field: 'limit',
    message: 'limit must be a whole number from 1 to 200; without it a page has 50 items',
  },
  401: {
    name: 'Unauthenticated',
    description: 'Nobody is logged in, or the credentials are not (or no longer) good.',
    code: 'UNAUTHENTICATED',
    field: null,
    message: 'The access token has expired: get a new one with your refresh token, or sign in again',
  },
  403: {
    name: 'Forbidden',
    description: 'Whoever is logged in may not do this.',
    code: 'FORBIDDEN',
    field: null,
    message: 'You are not allowed to do this: ask an owner of the shop for the right to',
  },
  404: {
    name: 'NotFound',
    description: 'There is nothing at this address, or nothing that you may see.',
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
    description: 'The state of things does not allow it now.',
    code: 'INSUFFICIENT_STOCK',
    field: 'lines.0.quantity',
    message: 'Only 2 are left: lower the quantity',
    extras: { variantId: '0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a02', available: 2 },
  },
  412: {
    name: 'PreconditionFailed',
    description: 'It is at another version than If-Match says: read it again, and decide anew.',
    code: 'VERSION_CONFLICT',
    field: 'If-Match',
    message: 'Somebody else has changed it meanwhile: read it again',
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
    description: 'The limit is used up: wait for as long as Retry-After says.',
    code: 'RATE_LIMITED',
    field: null,
    message: 'This shop sends more than 100 in a minute: wait 12 s before the next one',
    extras: { limit: 'tenant', retryAfterSeconds: 12 },
    headers: ['Retry-After'],
  },
  500: {
    name: 'InternalError',
    description: 'Something went wrong here. Tell the request id to whoever runs the shop.',
    code: 'INTERNAL_SERVER_ERROR',
    field: null,
    message: 'Something went wrong',
  },
  503: {
    name: 'Unavailable',
    description: 'A part of the platform does not answer. Try again, with the same Idempotency-Key.',
    code: 'SERVICE_UNAVAILABLE',
    field: null,
    message: 'Stock cannot be reserved at the moment: try again in a moment',
    headers: ['Retry-After'],
  },
};

const REQUEST_ID = '6f1c9f9e-0f0a-4c5b-8f53-2f0c3a1d7e10';

/** The responses of all problems, by name. */
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

/** Schemas of what surrounds data, and of problems. */
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
        type: { ...LINE, description: 'Names the problem; leads to where it is explained.' },
        title: { ...LINE, description: 'The same for every problem of the type.' },
        status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
        detail: { ...TEXT, description: 'What is wrong this time, and what to do.' },
        instance: { ...LINE, description: 'The address that was asked.' },
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
      'Problems as a client gets them that accepts application/json and nothing else.',
    ),
  );
}

const TEXT = { type: 'string', maxLength: 65_536, pattern: '^[^\\u0000]*$' } as const;

function pageMeta(): JsonSchema {
  return strict(
    {
      limit: { ...COUNT, minimum: 1, maximum: 200, description: 'Items that a page has at most.' },
      cursor: {
        type: ['string', 'null'],
        maxLength: 8192,
        pattern: '^[\\x21-\\x7e]*$',
        description: 'Of the next page: send it as ?cursor. Null on the last page.',
      },
      total: { ...COUNT, description: 'How many there are in all. Only where ?total=true asked for it.' },
    },
    ['limit', 'cursor'],
  );
}

/** What typed user errors say besides is in the schema's own words. */
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
        description: 'A parameter, a header, or a place in the body: lines.0.quantity.',
      },
      message: { ...TEXT, description: 'For people: what is wrong, and what to do.' },
      ...Object.fromEntries(extras),
      limit: { ...LINE, maxLength: 64, description: 'The limit that was met.' },
      retryAfterSeconds: { ...COUNT, description: 'How long to wait, as in Retry-After.' },
    },
    ['code', 'field', 'message'],
  );
}

/** An object with these properties and no others. */
export function strict(properties: JsonSchema, required: readonly string[], description?: string): JsonSchema {
  return { type: 'object', ...(description && { description }), properties, required, additionalProperties: false };
}
