import { DEFAULT_LIMIT, MAX_LIMIT, singular } from '@souk/gateway/rest';
import { getNullableType, isEnumType, isInputObjectType } from 'graphql';
import type { ExampleValues } from './example-values.ts';
import { listOf, MAX_ITEMS, type JsonSchema } from './json-schemas.ts';
import { oneLine, type OpenapiDependencies } from './openapi-dependencies.ts';
import { pathNames } from './rest-directive.ts';
import { BASE_PATH } from './rest-table-file.ts';
import type { InputSlot, ParameterModel } from './route-input.ts';
import type { RouteModel } from './route-model.ts';

const IDEMPOTENCY_KEY = '7d0d1f6e-2b8c-4f0e-9a43-0c1b2a3d4e5f';

/** Describes the parameters of a route, including the parameters that every route has. */
export function parametersOf(
  { parameters, object, path }: RouteModel,
  dependencies: OpenapiDependencies,
): readonly JsonSchema[] {
  const described = parameters.map((each) => {
    const required = parameters.filter(({ group, slot }) => group !== null && group === each.group && slot.required);
    return plainParameter(each, dependencies, exampleOwner(each, object?.type.name, path), requiredText(required));
  });
  return [...described, ...COMMON_PARAMETERS.map((name) => ({ $ref: `#/components/parameters/${name}` }))];
}

/** The parameters of every route, by their names in `components`. */
const COMMON_PARAMETERS = ['AcceptLanguage', 'Channel', 'CorrelationId'];

/**
 * Returns the type of the entity that a path parameter identifies. In `/orders/{id}/events`, `{id}` identifies an
 * order, whatever type the data has.
 */
function exampleOwner({ in: place, name }: ParameterModel, dataType: string | undefined, path: string): string | null {
  if (place !== 'path' || !['id', 'slug', 'sku', 'barcode'].includes(name)) return null;
  const noun = /\/([a-z-]+)\/\{\w+\}/.exec(path)?.[1] ?? '';
  return OWNERS[noun] ?? dataType ?? null;
}

const OWNERS: Readonly<Record<string, string>> = {
  'api-keys': 'ApiKey',
  attributes: 'Attribute',
  barcodes: 'ProductVariant',
  brands: 'Brand',
  carts: 'Cart',
  categories: 'Category',
  channels: 'Channel',
  collections: 'Collection',
  companies: 'Company',
  'customer-groups': 'CustomerGroup',
  customers: 'Customer',
  invoices: 'Invoice',
  invitations: 'Invitation',
  'draft-orders': 'DraftOrder',
  messages: 'Message',
  orders: 'Order',
  payments: 'Payment',
  'price-lists': 'PriceList',
  products: 'Product',
  promotions: 'Promotion',
  sessions: 'Session',
  'shipping-methods': 'ShippingMethodSetup',
  'tax-categories': 'TaxCategory',
  'shipping-zones': 'ShippingZone',
  'tax-zones': 'TaxZone',
  users: 'User',
  variants: 'ProductVariant',
  warehouses: 'Warehouse',
};

function plainParameter(
  parameter: ParameterModel,
  dependencies: OpenapiDependencies,
  owner: string | null,
  note: string,
): JsonSchema {
  const { in: place, name, required, list, slot, pair } = parameter;
  const { schema, description } = parameterSchema(parameter, dependencies);
  const example = exampleOf(parameter, dependencies, owner);
  return {
    name,
    in: place,
    required,
    description: `${oneLine(description ?? slot.description ?? DESCRIPTIONS[name] ?? idText(name))}${pair ? pairText(name, pair) : ''}${note}`,
    ...(list && { style: 'form', explode: true }),
    schema,
    ...(example !== null && { example }),
  };
}

const KEY_TEXT =
  'The same key with the same request returns the stored result instead of repeating the request. Kept for 24 hours. Without a login the key needs 16 characters, best a UUID.';

/** Describes an id by its parameter name: `orderId` is the id of the order. */
function idText(name: string): string {
  const [, noun] = /^(\w+)Id$/.exec(name) ?? [];
  return noun === undefined
    ? `Its ${name}.`
    : `The id of the ${noun.replaceAll(/[A-Z]/g, (sign) => ` ${sign.toLowerCase()}`)}.`;
}

function pairText(name: string, { key, value, list }: NonNullable<ParameterModel['pair']>): string {
  const several = list ? ` The same ${key} with several ${value} matches any of them.` : '';
  return ` Write \`${name}=${key}:${singular(value)}\`, once for each pair.${several}`;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  attribute: 'A value of an attribute, such as `material:Opal glass`.',
  slug: "The last part of the address in the shop's front end.",
  sku: 'The SKU.',
  locale: 'BCP 47: "de", "pt-BR".',
  cursor: 'The `meta.cursor` of the previous page, with the same filter and sort.',
  total: 'Whether to return `meta.total`. Counting reads every item.',
  'Stripe-Signature': "Stripe's signature of the body (docs.stripe.com/webhooks/signature).",
  'X-Paystack-Signature': "Paystack's signature of the body (paystack.com/docs/payments/webhooks).",
  'Flutterwave-Signature': "Flutterwave's signature of the body (developer.flutterwave.com/docs/webhooks).",
  'Verif-Hash': 'The secret hash, which Flutterwave sends instead of a signature.',
  'X-Order-Access-Token': 'The `orderAccessToken` of the checkout, for the buyer of the order.',
};

function exampleOf(
  { kind, name, slot, pair }: ParameterModel,
  { examples }: OpenapiDependencies,
  owner: string | null,
): unknown {
  if (kind === 'key') return IDEMPOTENCY_KEY;
  if (kind === 'limit') return 10;
  // The version and the cursor come from an earlier response, so a fixed example would be wrong.
  if (kind === 'version' || kind === 'sort' || name === 'cursor' || name === 'total') return null;
  if (pair) return pairExample(examples.ofInput(slot), pair);
  return examples.ofInput(owner === null ? slot : { ...slot, coordinate: `${owner}.${name}` });
}

/** Converts an example of key and value pairs: `[{code: "material", values: ["Cork"]}]` becomes `["material:Cork"]`. */
function pairExample(value: unknown, { key, value: other }: NonNullable<ParameterModel['pair']>): unknown {
  if (!Array.isArray(value)) return null;
  return value.flatMap((each: Readonly<Record<string, unknown>>) =>
    [each[other]].flat().map((one) => `${String(each[key])}:${String(one)}`),
  );
}

function parameterSchema(
  { in: place, name, kind, slot }: ParameterModel,
  { schemas, pathLengths }: OpenapiDependencies,
): { readonly schema: JsonSchema; readonly description?: string } {
  const text = { type: 'string', maxLength: 255, pattern: '^[\\x21-\\x7e]+$' };
  switch (kind) {
    case 'limit':
      return {
        schema: { type: 'integer', format: 'int32', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
        description: 'Maximum number of items on the page.',
      };
    case 'key':
      return { schema: text, description: KEY_TEXT };
    case 'version':
      return {
        schema: text,
        description: `The ETag or the version of the resource that was read. ${slot.description ?? ''} Any other version is a 412.`,
      };
    case 'sort':
      return {
        schema: { type: 'string', enum: sortValues(slot) },
        description: 'A field, with its direction when that is not the usual one.',
      };
    case 'pair':
      return { schema: listOf({ type: 'string', maxLength: LONGEST_TEXT, pattern: '^[^:]+:.+$' }, MAX_ITEMS) };
    case 'text':
    case 'integer':
    case 'number':
    case 'boolean': {
      const longest = place === 'path' ? (pathLengths[name] ?? LONGEST_TEXT) : LONGEST_TEXT;
      const schema = shortText(schemas.ofParameter(slot.type), longest);
      return { schema: slot.defaultValue === undefined ? schema : { ...schema, default: slot.defaultValue } };
    }
  }
}

/** The maximum length of a text in a URL or a header. */
const LONGEST_TEXT = 2048;

function shortText(schema: JsonSchema, longest: number): JsonSchema {
  const { maxLength } = schema;
  return typeof maxLength === 'number' ? { ...schema, maxLength: Math.min(maxLength, longest) } : schema;
}

function sortValues({ type }: InputSlot): readonly string[] {
  const nullableType = getNullableType(type);
  const fields = isInputObjectType(nullableType) ? nullableType.getFields() : {};
  const named = getNullableType(fields['field']?.type);
  const values = isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
  return values.flatMap((value) => [value, `${value}:ASC`, `${value}:DESC`]);
}

/** Returns the URL path and query of a route's example. */
export function examplePath(route: RouteModel, examples: ExampleValues): string {
  return pathNames(route).reduce((path, name) => {
    const parameter = route.parameters.find((each) => each.in === 'path' && each.name === name);
    if (!parameter) return path;
    const owner = exampleOwner(parameter, route.object?.type.name, route.path);
    const slot = owner === null ? parameter.slot : { ...parameter.slot, coordinate: `${owner}.${name}` };
    return path.replace(`{${name}}`, encodeURIComponent(String(examples.ofInput(slot))));
  }, `${BASE_PATH}${route.path}`);
}

/**
 * Describes which fields of an object must be given together. Each field is a separate parameter such as `price[min]`,
 * because generated clients serialize objects in different ways, and some send `[object Object]`.
 */
function requiredText(required: readonly ParameterModel[]): string {
  const names = required.map(({ name }) => `\`${name}\``).join(', ');
  return names === '' ? '' : ` With any field of this object ${names} is required.`;
}
