import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from 'graphql';
import { isConnection } from './route-answer.ts';
import type { SelectedField, SelectedObject } from './selected-data.ts';

/** A JSON schema in draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = { readonly [key: string]: unknown };

/** The maximum length of a text that has no limit of its own. Equal to the maximum size of a request body. */
const MAX_TEXT = 1_048_576;
const MAX_INT = 2_147_483_647;
/** The maximum number of items in a list without pages. */
export const MAX_ITEMS = 1000;
const MAX_PAGE = 200;

/** The schemas of scalars. A scalar without an entry is a text. */
const SCALARS: Readonly<Record<string, JsonSchema>> = {
  ID: { type: 'string', maxLength: 255, pattern: '^[^\\s/]+$' },
  String: { type: 'string', maxLength: MAX_TEXT, pattern: '^[^\\u0000]*$' },
  Int: { type: 'integer', format: 'int32', minimum: -MAX_INT - 1, maximum: MAX_INT },
  Float: { type: 'number', format: 'double' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time', maxLength: 40 },
  Decimal: { type: 'string', maxLength: 40, pattern: '^-?\\d+(\\.\\d{1,6})?$' },
  CurrencyCode: { type: 'string', maxLength: 3, pattern: '^[A-Z]{3}$' },
  CountryCode: { type: 'string', maxLength: 2, pattern: '^[A-Z]{2}$' },
};

/** Collects the schemas that several routes share, under `#/components/schemas`. */
export class JsonSchemas {
  readonly #components = new Map<string, JsonSchema>();

  get components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** Adds a schema under a name, unless the name exists. @returns a reference to the schema */
  named(name: string, make: () => JsonSchema): JsonSchema {
    if (!this.#components.has(name)) {
      this.#components.set(name, {}); // A placeholder, in case the schema contains itself.
      this.#components.set(name, make());
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /**
   * Returns the schema of selected data. If a fragment selects the data, the schema has the fragment's name.
   * @param extra additional properties
   */
  ofObject(object: SelectedObject, extra: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
    const make = () => this.#object(object, extra);
    const name = object.fragment?.replace(/Parts$/, '');
    return name === undefined || Object.keys(extra).length > 0 ? make() : this.named(name, make);
  }

  #object({ type, fields }: SelectedObject, extra: Readonly<Record<string, JsonSchema>>): JsonSchema {
    const required = [...fields].filter(([, { conditional }]) => !conditional).map(([name]) => name);
    return {
      type: 'object',
      ...described(type.description),
      properties: {
        ...Object.fromEntries([...fields].map(([name, field]) => [name, this.#field(field)])),
        ...extra,
      },
      required: [...required, ...Object.keys(extra)],
      additionalProperties: false,
    };
  }

  #field({ definition, object }: SelectedField): JsonSchema {
    return withDescription(this.#output(definition.type, object), definition.description);
  }

  #output(type: GraphQLOutputType, object: SelectedObject | null): JsonSchema {
    if (!isNonNullType(type)) return nullable(this.#outputValue(getNullableType(type), object));
    return this.#outputValue(type.ofType, object);
  }

  #outputValue(type: GraphQLOutputType, object: SelectedObject | null): JsonSchema {
    if (isListType(type)) return listOf(this.#output(type.ofType, object), MAX_ITEMS);
    if (!object) return this.scalar(type as GraphQLNamedType);
    const nodes = object.fields.get('nodes')?.object;
    return isConnection(object) && nodes ? listOf(this.ofObject(nodes), MAX_PAGE) : this.ofObject(object);
  }

  /** Returns the schema of an input value. An optional input may also be null. */
  ofInput(type: GraphQLInputType): JsonSchema {
    return isNonNullType(type) ? this.#inputValue(type.ofType) : nullable(this.#inputValue(type));
  }

  /** Returns the schema of a parameter, which cannot be null. */
  ofParameter(type: GraphQLInputType): JsonSchema {
    return this.#inputValue(getNullableType(type));
  }

  #inputValue(type: GraphQLInputType): JsonSchema {
    if (isListType(type)) return listOf(this.ofInput(type.ofType), MAX_ITEMS);
    if (isNonNullType(type)) return this.#inputValue(type.ofType);
    if (!isInputObjectType(type)) return this.scalar(type);
    return this.named(type.name.replace(/Input$/, 'Value'), () => ({
      type: 'object',
      ...described(type.description),
      properties: Object.fromEntries(
        Object.values(type.getFields()).map((field) => [
          field.name,
          withDescription(this.ofInput(field.type), field.description),
        ]),
      ),
      required: Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map(({ name }) => name),
      additionalProperties: false,
    }));
  }

  scalar(type: GraphQLNamedType): JsonSchema {
    if (isEnumType(type)) {
      const values = type.getValues().map(({ name }) => name);
      return this.named(type.name, () => ({ type: 'string', ...described(type.description), enum: values }));
    }
    const known = SCALARS[type.name] ?? SCALARS['String'] ?? {};
    return type.description && type.name in SCALARS && !BUILT_IN.has(type.name)
      ? this.named(type.name, () => ({ ...known, ...described(type.description) }))
      : known;
  }
}

const BUILT_IN = new Set(['ID', 'String', 'Int', 'Float', 'Boolean']);

/** @param maxItems the maximum number of items */
export function listOf(items: JsonSchema, maxItems: number): JsonSchema {
  return { type: 'array', maxItems, items };
}

function nullable(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  return typeof type === 'string' && !('enum' in schema)
    ? { ...schema, type: [type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

/** Adds a description, joined to one line. */
export function withDescription(schema: JsonSchema, description: string | null | undefined): JsonSchema {
  return description ? { ...schema, ...described(description) } : schema;
}

function described(description: string | null | undefined): { readonly description?: string } {
  return description ? { description: description.trim() } : {};
}
