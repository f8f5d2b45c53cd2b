import { dataShaper, DEFAULT_LIMIT, envelope, envelopeHead, linkMaker, MAX_LIMIT } from '@souk/gateway/rest';
import { isEnumType, isInputObjectType, getNullableType } from 'graphql';
import type { ExampleValues } from './example-values.ts';
import { listOf, nullable, withDescription, type JsonSchema, type JsonSchemas } from './json-schemas.ts';
import { headerRefs, PROBLEMS, ref, strict } from './openapi-components.ts';
import { BASE_PATH } from './rest-table-file.ts';
import { pathNames } from './rest-directive.ts';
import type { InputSlot, ParameterModel } from './route-input.ts';
import type { RouteModel } from './route-model.ts';

/** What the operations of a document are made with. */
export interface OperationParts {
  readonly schemas: JsonSchemas;
  readonly examples: ExampleValues;
  /** Whether a root field is for those who are logged in alone. */
  readonly isProtected: (rootType: 'Query' | 'Mutation', field: string) => boolean;
}

const REQUEST_ID = '6f1c9f9e-0f0a-4c5b-8f53-2f0c3a1d7e10';
const IDEMPOTENCY_KEY = '7d0d1f6e-2b8c-4f0e-9a43-0c1b2a3d4e5f';

/** A route as OpenAPI describes it. */
export function openapiOperation(route: RouteModel, parts: OperationParts): JsonSchema {
  const { source, status } = route;
  const [summary = source.name, ...more] = (source.description ?? '').split('\n\n');
  const body = requestBody(route, parts);
  return {
    operationId: lowerFirst(source.name),
    tags: [tagOf(route)],
    summary: oneLine(summary).replace(/\.$/, ''),
    description: `${oneLine([summary, ...more].join(' '))} Runs the operation \`${source.name}\`.`,
    security: securityOf(route, parts),
    parameters: parametersOf(route, parts),
    ...(body && { requestBody: body }),
    responses: {
      [status]: successResponse(route, parts),
      ...(route.method === 'GET' && { 304: NOT_MODIFIED }),
      ...Object.fromEntries(problemStatuses(route).map((each) => [each, problemRef(each)])),
    },
  };
}

/** The folder of the operation's file. */
export function tagOf({ source }: RouteModel): string {
  return source.file.split('/')[0] ?? '';
}

const NOT_MODIFIED = { description: 'The client has it already.', headers: headerRefs('ETag') };

function problemRef(status: number): JsonSchema {
  return { $ref: `#/components/responses/${PROBLEMS[status]?.name}` };
}

function problemStatuses({ method, parameters, body }: RouteModel): readonly number[] {
  return [
    ...[400, 401, 403, 404, 406, 429, 500, 503],
    ...(method === 'GET' ? [] : [409]),
    ...(parameters.some(({ kind }) => kind === 'version') ? [412] : []),
    ...(body ? [413, 415] : []),
  ].toSorted((one, other) => one - other);
}

function securityOf({ answer, source }: RouteModel, { isProtected }: OperationParts): readonly JsonSchema[] {
  const rootType = source.type === 'query' ? 'Query' : 'Mutation';
  return isProtected(rootType, answer.root) ? [{ accessToken: [] }] : [{ shop: [] }, { accessToken: [] }];
}

function parametersOf({ parameters, object, path }: RouteModel, parts: OperationParts): readonly JsonSchema[] {
  const groups = Map.groupBy(parameters, ({ name, group }) => group ?? name);
  const described = [...groups].map(([name, members]) => {
    const [first] = members;
    if (!first) throw new Error('a group of parameters is empty');
    return first.group === null
      ? plainParameter(first, parts, exampleOwner(first, object?.type.name, path))
      : deepParameter(name, members, parts);
  });
  return [...described, ...COMMON_PARAMETERS.map((name) => ({ $ref: `#/components/parameters/${name}` }))];
}

/** Parameters that every route takes, by their names in `components`. */
const COMMON_PARAMETERS = ['AcceptLanguage', 'CorrelationId'];

/** An `{id}` in `/orders/{id}/events` is an order's, whatever the data is. */
function exampleOwner({ in: place, name }: ParameterModel, dataType: string | undefined, path: string): string | null {
  if (place !== 'path' || !['id', 'slug', 'sku'].includes(name)) return null;
  const noun = /\/([a-z-]+)\/\{\w+\}/.exec(path)?.[1] ?? '';
  return OWNERS[noun] ?? dataType ?? null;
}

const OWNERS: Readonly<Record<string, string>> = {
  carts: 'Cart',
  categories: 'Category',
  collections: 'Collection',
  customers: 'Customer',
  orders: 'Order',
  payments: 'Payment',
  products: 'Product',
  'shipping-methods': 'ShippingMethodSetup',
  variants: 'ProductVariant',
  warehouses: 'Warehouse',
};

function plainParameter(parameter: ParameterModel, parts: OperationParts, owner: string | null): JsonSchema {
  const { in: place, name, required, kind, list, slot } = parameter;
  const { schema, description } = parameterSchema(parameter, parts);
  const example = exampleOf(parameter, parts, owner);
  const shape = kind === 'json' ? { content: { 'application/json': { schema } } } : { schema };
  return {
    name,
    in: place,
    required,
    description: oneLine(description ?? slot.description ?? DESCRIPTIONS[name] ?? idText(name)),
    ...(list && { style: 'form', explode: true }),
    ...shape,
    ...(example !== null && kind !== 'json' && { example }),
  };
}

const KEY_TEXT =
  'The same key with the same request answers the stored result instead of doing it again. Kept 24 hours. Without a login it takes 16 characters or more, best a UUID.';

/** `orderId` is the id of the order. */
function idText(name: string): string {
  const [, noun] = /^(\w+)Id$/.exec(name) ?? [];
  return noun === undefined
    ? `Its ${name}.`
    : `The id of the ${noun.replaceAll(/[A-Z]/g, (sign) => ` ${sign.toLowerCase()}`)}.`;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  slug: "Its part of the shop's address.",
  sku: 'Its SKU.',
  locale: 'BCP 47: "de", "pt-BR".',
  cursor: 'The `meta.cursor` of the page before, of the same filter and sort.',
  total: 'Whether `meta.total` is wanted: it counts every one.',
  'X-Order-Access-Token': 'The `orderAccessToken` of the checkout, for the buyer of the order.',
};

function exampleOf({ kind, name, slot }: ParameterModel, { examples }: OperationParts, owner: string | null): unknown {
  if (kind === 'key') return IDEMPOTENCY_KEY;
  if (kind === 'limit') return 10;
  // Whose version and which page is a matter of what was answered before.
  if (kind === 'version' || kind === 'sort' || name === 'cursor' || name === 'total') return null;
  return examples.ofInput(owner === null ? slot : { ...slot, coordinate: `${owner}.${name}` });
}

function parameterSchema(
  { kind, slot }: ParameterModel,
  { schemas }: OperationParts,
): { readonly schema: JsonSchema; readonly description?: string } {
  const text = { type: 'string', maxLength: 255, pattern: '^[\\x21-\\x7e]+$' };
  switch (kind) {
    case 'limit':
      return {
        schema: { type: 'integer', format: 'int32', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
        description: 'Items on a page.',
      };
    case 'key':
      return { schema: text, description: KEY_TEXT };
    case 'version':
      return {
        schema: text,
        description: `The ETag of what was read, or its version. ${slot.description ?? ''} Any other version is a 412.`,
      };
    case 'sort':
      return {
        schema: { type: 'string', enum: sortValues(slot) },
        description: 'A field, and its direction where it is not the usual one.',
      };
    case 'text':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'json': {
      const schema = shortText(schemas.ofParameter(slot.type));
      return { schema: slot.defaultValue === undefined ? schema : { ...schema, default: slot.defaultValue } };
    }
  }
}

/** An address and its headers are no place for long texts. */
function shortText(schema: JsonSchema): JsonSchema {
  const { maxLength } = schema;
  return typeof maxLength === 'number' ? { ...schema, maxLength: Math.min(maxLength, 2048) } : schema;
}

function sortValues({ type }: InputSlot): readonly string[] {
  const nullableType = getNullableType(type);
  const fields = isInputObjectType(nullableType) ? nullableType.getFields() : {};
  const named = getNullableType(fields['field']?.type);
  const values = isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
  return values.flatMap((value) => [value, `${value}:ASC`, `${value}:DESC`]);
}

/** `price[min]` and its likes, as one. */
function deepParameter(name: string, members: readonly ParameterModel[], { schemas }: OperationParts): JsonSchema {
  const fields = members.map(({ target, slot }) => [
    target.at(-1) ?? '',
    withDescription(schemas.ofParameter(slot.type), slot.description),
  ]);
  const required = members.filter(({ slot }) => slot.required).map(({ target }) => target.at(-1) ?? '');
  return {
    name,
    in: 'query',
    required: false,
    description: `Written ${members.map((each) => each.name).join(', ')}.`,
    style: 'deepObject',
    explode: true,
    schema: strict(Object.fromEntries(fields), required),
  };
}

function requestBody(
  { body, bodyFields, source }: RouteModel,
  { schemas, examples }: OperationParts,
): JsonSchema | null {
  if (!body) return null;
  const fields = [...bodyFields];
  const schema = schemas.named(`${source.name}Body`, () =>
    strict(
      Object.fromEntries(
        fields.map(([name, slot]) => [name, withDescription(schemas.ofInput(slot.type), slot.description)]),
      ),
      fields.filter(([, { required }]) => required).map(([name]) => name),
    ),
  );
  const example = fields
    .filter(([name]) => name !== 'expectedVersion')
    .flatMap(([name, slot]) => {
      const value = examples.ofInput(slot);
      return value === null ? [] : [[name, value]];
    });
  return {
    required: body.required,
    content: { 'application/json': { schema, example: Object.fromEntries(example) } },
  };
}

function successResponse(route: RouteModel, parts: OperationParts): JsonSchema {
  const { method, status, answer, links } = route;
  const headers = [
    ...(method === 'GET' ? ['ETag'] : []),
    ...(answer.kind === 'page' ? ['Link'] : []),
    ...(status === 201 && links.some(({ rel }) => rel === 'self') ? ['Location'] : []),
  ];
  return {
    description: DONE[status] ?? 'Done.',
    headers: headerRefs(...headers),
    ...(status !== 204 && {
      content: { 'application/json': { schema: envelopeSchema(route, parts), example: exampleAnswer(route, parts) } },
    }),
  };
}

const DONE: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'It was created.',
  204: 'Done; there is nothing to say.',
};

function envelopeSchema(route: RouteModel, parts: OperationParts): JsonSchema {
  const { answer, source } = route;
  const isPage = answer.kind === 'page';
  return parts.schemas.named(`${source.name}Answer`, () =>
    strict(
      {
        status: {
          type: 'string',
          enum: ['success', 'partial'],
          description: 'partial: `errors` says what is missing.',
        },
        data: dataSchema(route, parts),
        ...(isPage && { meta: ref('PageMeta') }),
        errors: { type: 'array', maxItems: 1000, items: ref('Error') },
        _links: linksSchema(envelopeRelations(route)),
        request_id: ref('RequestId'),
      },
      ['status', 'data', ...(isPage ? ['meta'] : []), '_links', 'request_id'],
    ),
  );
}

function envelopeRelations({ method, answer, links }: RouteModel): readonly string[] {
  const own = method === 'GET' ? ['self', ...(answer.kind === 'page' ? ['first', 'next'] : [])] : [];
  return [...new Set([...own, ...links.map(({ rel }) => rel)])];
}

function linksSchema(relations: readonly string[]): JsonSchema {
  return strict(Object.fromEntries(relations.map((rel) => [rel, ref('Link')])), []);
}

function dataSchema({ answer, object, itemLinks, source }: RouteModel, { schemas }: OperationParts): JsonSchema {
  if (!object) return { type: 'null' };
  const linked = itemLinks.length === 0 ? {} : { _links: linksSchema(itemLinks.map(({ rel }) => rel)) };
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

/** What the facade itself makes of the example's data. */
function exampleAnswer(route: RouteModel, { examples }: OperationParts): unknown {
  const { answer, object, itemLinks, links, method } = route;
  if (!object) return { status: 'success', data: null, _links: {}, request_id: REQUEST_ID };
  const one = dataShaper(answer.nodes)(examples.ofObject(object));
  const item = itemLinks.length === 0 ? one : { ...Object(one), _links: linkMaker(itemLinks, BASE_PATH)(one) };
  const shown = answer.fields
    ? Object.fromEntries(Object.entries(Object(one)).filter(([name]) => answer.fields?.includes(name)))
    : one;
  const data = answer.kind === 'one' ? shown : [item];
  const href = examplePath(route, examples);
  const own = method === 'GET' ? { self: { href }, ...(answer.kind === 'page' && { first: { href } }) } : {};
  const head = envelopeHead(data, {
    meta: answer.kind === 'page' ? { limit: DEFAULT_LIMIT, cursor: null } : null,
    links: { ...linkMaker(links, BASE_PATH)(data), ...own },
    errors: [],
  });
  return JSON.parse(envelope(head, REQUEST_ID));
}

function examplePath(route: RouteModel, examples: ExampleValues): string {
  return pathNames(route).reduce((path, name) => {
    const parameter = route.parameters.find((each) => each.in === 'path' && each.name === name);
    if (!parameter) return path;
    const owner = exampleOwner(parameter, route.object?.type.name, route.path);
    const slot = owner === null ? parameter.slot : { ...parameter.slot, coordinate: `${owner}.${name}` };
    return path.replace(`{${name}}`, encodeURIComponent(String(examples.ofInput(slot))));
  }, `${BASE_PATH}${route.path}`);
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
