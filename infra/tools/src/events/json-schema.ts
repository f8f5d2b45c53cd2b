import { z } from 'zod';

/** The keywords of JSON Schema that the generated documents use. */
export interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** Converts a schema to JSON Schema draft 7, the default dialect of AsyncAPI 3. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest as JsonSchema; // The type of zod is wider.
}

/** Formats a schema as a TypeScript-like type: `{ orderId: uuid, lines: { sku: string }[] }`. */
export function typeText(schema: JsonSchema): string {
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(typeText).join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.items) return arrayText(typeText(schema.items));
  if (schema.properties) return objectText(schema.properties, schema.required ?? []);
  return schema.format ?? schema.type ?? 'any';
}

const arrayText = (item: string) => (item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`);

function objectText(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(schema)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
