import { z } from 'zod';

/** A schema, as far as the reference reads it. */
export interface SchemaView {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly format?: string | undefined;
  readonly properties?: Readonly<Record<string, SchemaView>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: SchemaView | undefined;
  readonly anyOf?: readonly SchemaView[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly default?: unknown;
}

const schema: z.ZodType<SchemaView> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    format: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    default: z.unknown().optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema, example: z.unknown().optional() }));
const parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: schema.optional(),
  content: content.optional(),
  example: z.unknown().optional(),
});
const response = z.object({ description: z.string(), content: content.optional() });
const reference = z.object({ $ref: z.string() });

const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(z.union([reference, parameter])),
  requestBody: z.object({ required: z.boolean().optional(), content }).optional(),
  responses: z.record(z.string(), z.union([reference, response])),
});

const openapiView = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), schema),
    responses: z.record(z.string(), response),
    parameters: z.record(z.string(), parameter),
  }),
});

/** An OpenAPI document, as far as the reference reads it. */
export type OpenapiView = z.infer<typeof openapiView>;
export type OperationView = z.infer<typeof operation>;
export type ParameterView = z.infer<typeof parameter>;

/** @throws ZodError for a document that the reference cannot show. */
export function parseOpenapi(value: unknown): OpenapiView {
  return openapiView.parse(value);
}
