import { z } from 'zod';

/** How the text of a parameter becomes a value of the operation's variables. */
const parameterKind = z.enum([
  'text',
  'integer',
  'number',
  'boolean',
  /** The text `material:Opal glass` becomes an object with two fields. Pairs with the same first field become one object with a list. */
  'pair',
  /** The parameter `?limit`, which sets the variable `first`. */
  'limit',
  /** `FIELD`, `FIELD:ASC` or `FIELD:DESC`. */
  'sort',
  /** The value of the header `Idempotency-Key`. */
  'key',
  /** The version in the header `If-Match`. */
  'version',
]);

const parameter = z.object({
  in: z.enum(['path', 'query', 'header']),
  name: z.string(),
  /** The path of the parameter's value in the operation's variables: the variable's name, then field names. */
  target: z.array(z.string()).min(1),
  kind: parameterKind,
  /** Whether the parameter may occur several times. */
  list: z.boolean(),
  required: z.boolean(),
  /** The two fields of a `pair`'s object. */
  pair: z.object({ key: z.string(), value: z.string(), list: z.boolean() }).optional(),
});

/**
 * A condition on the data. A link is shown only when its conditions are met. A condition has exactly one of `in`,
 * `filled` and `below`.
 */
const linkCondition = z.object({
  /** The path of the tested value in the data. */
  field: z.array(z.string()).min(1),
  /** The tested value must be one of these values. */
  in: z.array(z.string()).min(1).optional(),
  /** The value must be a list with items, or a number above 0. */
  filled: z.literal(true).optional(),
  /** The value must be less than the number at this path. */
  below: z.array(z.string()).min(1).optional(),
});

const link = z.object({
  rel: z.string(),
  method: z.string(),
  /** A path template, in the syntax of a route's path. */
  path: z.string(),
  /** The template's parameters, each with the path to its value in the data. */
  values: z.record(z.string(), z.array(z.string())),
  /**
   * The scopes that the link's route requires. Without clauses the caller must still be logged in.
   * @default no requirement
   */
  requires: z.object({ clauses: z.array(z.array(z.array(z.string()))) }).optional(),
  /**
   * Conditions that must all be met.
   * @default none
   */
  when: z.array(linkCondition).optional(),
});

const route = z.object({
  /** The operation's name. `id` is the operation's id in the manifest. */
  operation: z.string(),
  id: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** The path after the base path, for instance `/carts/{cartId}/lines`. */
  path: z.string(),
  /** The HTTP status of a success. */
  status: z.number(),
  variables: z.array(z.object({ name: z.string(), type: z.string(), hasDefault: z.boolean() })),
  parameters: z.array(parameter),
  body: z
    .object({
      /** The variable that receives the body. With null each field of the body is a variable. */
      variable: z.string().nullable(),
      /** Whether the body has required fields. */
      required: z.boolean(),
      /** Fields that the body must not contain, because the path or a header contains them. The value is the remedy for the client. */
      elsewhere: z.record(z.string(), z.string()),
      /**
       * Whether `variable` receives the body as unchanged text of any content type.
       * @default false
       */
      raw: z.literal(true).optional(),
      /**
       * The input fields of a file upload, whose body is not JSON. Each part of the file becomes `field` of the input.
       * The query string has the other `fields`.
       * @default only JSON bodies are accepted
       */
      file: z.object({ field: z.string(), fields: z.record(z.string(), z.enum(['text', 'boolean'])) }).optional(),
    })
    .nullable(),
  answer: z.object({
    /** The root field of the operation. If `refusals` is true, the mutation's payload has `userErrors`. */
    root: z.string(),
    refusals: z.boolean(),
    /** The path from the root field down to the data. */
    path: z.array(z.string()),
    /** The fields of the data that the answer contains. Null for all fields. */
    fields: z.array(z.string()).nullable(),
    kind: z.enum(['one', 'list', 'page', 'nothing']),
    /** Paths in the data to lists in `{nodes}`, which REST shows as plain lists. */
    nodes: z.array(z.array(z.string())),
    /** Whether the data has a `version`. */
    versioned: z.boolean(),
    /**
     * The media type of a binary file. The data has its `name`, and its bytes as `content` in base64.
     * @default the answer is JSON
     */
    bytes: z.string().optional(),
    /**
     * Whether the data is one part of a file, so clients may request the complete file.
     * @default false
     */
    file: z.literal(true).optional(),
  }),
  /**
   * Fields of the mutation's input, each with its variable. When several entries match, the entry with the longest
   * `field` applies.
   */
  inputs: z.array(z.object({ field: z.array(z.string()), variable: z.array(z.string()) })),
  /** Links of the answer as a whole. */
  links: z.array(link),
  /** Links of each item of a list. */
  itemLinks: z.array(link),
});

const restTable = z.object({
  /** A note in the file with the command that generates it. */
  generated: z.string(),
  /** The prefix of all routes, such as `/api/v1`. */
  basePath: z.string(),
  /** The HTTP status of each code of a user error. */
  refusals: z.record(z.string(), z.number()),
  /** The documentation of each code of a user error. */
  refusalTexts: z.record(z.string(), z.string()),
  routes: z.array(route),
});

export type RestParameter = z.infer<typeof parameter>;
export type LinkCondition = z.infer<typeof linkCondition>;
export type RestLink = z.infer<typeof link>;
export type RestRoute = z.infer<typeof route>;
/** All REST routes, generated from the persisted operations. */
export type RestTable = z.infer<typeof restTable>;

/**
 * Parses a route table.
 * @throws ZodError when this version cannot serve the table
 */
export function parseRestTable(value: unknown): RestTable {
  return restTable.parse(value);
}
