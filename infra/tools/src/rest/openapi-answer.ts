import {
  dataShaper,
  DEFAULT_LIMIT,
  envelope,
  envelopeHead,
  linkMaker,
  MAX_LIMIT,
  type RestLink,
} from '@souk/gateway/rest';
import { presenceText } from './link-conditions.ts';
import { listOf, type JsonSchema } from './json-schemas.ts';
import { headerRefs, ref, strict } from './openapi-components.ts';
import { examplePath } from './openapi-parameters.ts';
import type { OpenapiDependencies } from './openapi-dependencies.ts';
import { BASE_PATH } from './rest-table-file.ts';
import type { RouteModel } from './route-model.ts';

/** A caller with all scopes, so that the examples show every link that their data allows. */
const SYSTEM = { kind: 'system', name: 'the reference' } as const;

const REQUEST_ID = '6f1c9f9e-0f0a-4c5b-8f53-2f0c3a1d7e10';

/** Describes the response of a successful request. */
export function successResponse(route: RouteModel, dependencies: OpenapiDependencies): JsonSchema {
  const { method, status, answer, links } = route;
  if (answer.bytes !== undefined) return bytesResponse(answer.bytes);
  const headers = [
    ...(method === 'GET' ? ['ETag'] : []),
    ...(answer.kind === 'page' ? ['Link'] : []),
    ...(status === 201 && links.some(({ rel }) => rel === 'self') ? ['Location'] : []),
  ];
  return {
    description: DONE[status] ?? 'Success.',
    headers: headerRefs(...headers),
    ...(status !== 204 && {
      content: {
        'application/json': {
          schema: envelopeSchema(route, dependencies),
          example: exampleAnswer(route, dependencies),
        },
      },
    }),
  };
}

/** The maximum length of a file, which OpenAPI linters require. Actual files are much smaller. */
const MAX_FILE_BYTES = 100_000_000;

function bytesResponse(mediaType: string): JsonSchema {
  return {
    description: 'The file.',
    headers: headerRefs('Content-Disposition'),
    content: { [mediaType]: { schema: { type: 'string', format: 'binary', maxLength: MAX_FILE_BYTES } } },
  };
}

const DONE: Readonly<Record<number, string>> = {
  200: 'Success.',
  201: 'Created.',
  204: 'Success without a body.',
};

function envelopeSchema(route: RouteModel, dependencies: OpenapiDependencies): JsonSchema {
  const { answer, source } = route;
  const isPage = answer.kind === 'page';
  return dependencies.schemas.named(`${source.name}Answer`, () =>
    strict(
      {
        status: {
          type: 'string',
          enum: ['success', 'partial'],
          description: 'partial: `errors` names the missing data.',
        },
        data: dataSchema(route, dependencies),
        ...(isPage && { meta: ref('PageMeta') }),
        errors: { type: 'array', maxItems: 1000, items: ref('Error') },
        _links: linksSchema(envelopeLinks(route)),
        request_id: ref('RequestId'),
      },
      ['status', 'data', ...(isPage ? ['meta'] : []), '_links', 'request_id'],
    ),
  );
}

/** The links of a response, by relation. For a GET, `self` is the URL of the request, not of the entity in the data. */
function envelopeLinks({ method, answer, links }: RouteModel): readonly DescribedLink[] {
  const own = method === 'GET' ? ['self', ...(answer.kind === 'page' ? ['first', 'next'] : [])] : [];
  const others = links.filter(({ rel }) => !own.includes(rel));
  return [...own.map((rel) => ({ rel })), ...others];
}

type DescribedLink = Pick<RestLink, 'rel' | 'requires' | 'when'>;

function linksSchema(links: readonly DescribedLink[]): JsonSchema {
  return strict(Object.fromEntries(links.map((link) => [link.rel, linkSchema(link)])), []);
}

function linkSchema(link: DescribedLink): JsonSchema {
  const description = presenceText(link);
  return { ...ref('Link'), ...(description !== null && { description }) };
}

function dataSchema({ answer, object, itemLinks, source }: RouteModel, { schemas }: OpenapiDependencies): JsonSchema {
  if (!object) return { type: 'null' };
  const linked = itemLinks.length === 0 ? {} : { _links: linksSchema(itemLinks) };
  if (answer.fields) {
    const shown = { ...object, fields: new Map([...object.fields].filter(([name]) => answer.fields?.includes(name))) };
    return schemas.ofObject(shown);
  }
  if (answer.kind === 'one')
    return object.fragment ? schemas.ofObject(object) : schemas.named(source.name, () => schemas.ofObject(object));
  const item = object.fragment?.replace(/Parts$/, '') ?? source.name;
  const items =
    itemLinks.length === 0
      ? schemas.ofObject(object)
      : schemas.named(`${item}ItemOf${source.name}`, () => schemas.ofObject(object, linked));
  return listOf(items, answer.kind === 'page' ? MAX_LIMIT : 1000);
}

/** Builds the response for the example data, in the same way as the REST API. */
function exampleAnswer(route: RouteModel, { examples }: OpenapiDependencies): unknown {
  const { answer, object, itemLinks, links, method } = route;
  if (!object) return { status: 'success', data: null, _links: {}, request_id: REQUEST_ID };
  const one = dataShaper(answer.nodes)(examples.ofObject(object));
  const item = itemLinks.length === 0 ? one : { ...Object(one), _links: linkMaker(itemLinks, BASE_PATH)(one, SYSTEM) };
  const shown = answer.fields
    ? Object.fromEntries(Object.entries(Object(one)).filter(([name]) => answer.fields?.includes(name)))
    : one;
  const data = answer.kind === 'one' ? shown : [item];
  const href = examplePath(route, examples);
  const own = method === 'GET' ? { self: { href }, ...(answer.kind === 'page' && { first: { href } }) } : {};
  const head = envelopeHead(data, {
    meta: answer.kind === 'page' ? { limit: DEFAULT_LIMIT, cursor: null } : null,
    links: { ...linkMaker(links, BASE_PATH)(data, SYSTEM), ...own },
    errors: [],
  });
  return JSON.parse(envelope(head, REQUEST_ID));
}
