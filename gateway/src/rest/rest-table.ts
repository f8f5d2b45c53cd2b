import { z } from 'zod';

/** How the text of a parameter becomes a value of the operation's variables. */
const parameterKind = z.enum([
  'text',
  'integer',
  'number',
  'boolean',
  /** The text `material:Opal glass` becomes an object with two fields. Pairs with the same first field become one object with a list. */
  'pair',
  /** `?limit`, the variable `first`. */
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
  /** The place of the value: the variable, then the fields in the variable. */
  target: z.array(z.string()).min(1),
  kind: parameterKind,
  /** Whether the parameter may occur several times. */
  list: z.boolean(),
  required: z.boolean(),
  /** The fields that a `pair` fills. */
  pair: z.object({ key: z.string(), value: z.string(), list: z.boolean() }).optional(),
});

/** A condition on the data for a link. It has one of `in`, `filled` and `below`. */
const linkCondition = z.object({
  /** The path to a value in the data. */
  field: z.array(z.string()).min(1),
  /** The value at the path is one of these values. */
  in: z.array(z.string()).min(1).optional(),
  /** The value at the path is a list with items, or a number above 0. */
  filled: z.literal(true).optional(),
  /** The value at the path is less than the number at this other path. */
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
   * The scopes that the link's route requires. A caller must be logged in even when there are no clauses.
   * @default no requirement
   */
  requires: z.object({ clauses: z.array(z.array(z.array(z.string()))) }).optional(),
  /**
   * All of these conditions must hold.
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
  /** The operation's variables, with their types. */
  variables: z.array(z.object({ name: z.string(), type: z.string(), hasDefault: z.boolean() })),
  parameters: z.array(parameter),
  body: z
    .object({
      /** The variable that receives the body. With null each field of the body is a variable. */
      variable: z.string().nullable(),
      /** Whether the body has required fields. */
      required: z.boolean(),
      /** Fields that the body must not have, because the path or a header contains them, each with the remedy for the client. */
      elsewhere: z.record(z.string(), z.string()),
      /**
       * Whether `variable` takes the body as text, unchanged and of any content type.
       * @default false
       */
      raw: z.literal(true).optional(),
      /**
       * A body of a type other than JSON is a file. The file goes into this field of the input in parts, and the other fields are in the query.
       * @default only JSON
       */
      file: z.object({ field: z.string(), fields: z.record(z.string(), z.enum(['text', 'boolean'])) }).optional(),
    })
    .nullable(),
  answer: z.object({
    /** The root field of the operation. `refusals` tells whether the payload of the mutation has `userErrors`. */
    root: z.string(),
    refusals: z.boolean(),
    /** The path from the root field down to the data. */
    path: z.array(z.string()),
    /** The fields of the data to show. Null for all fields. */
    fields: z.array(z.string()).nullable(),
    kind: z.enum(['one', 'list', 'page', 'nothing']),
    /** Paths in the data to lists in `{nodes}`, which REST shows as plain lists. */
    nodes: z.array(z.array(z.string())),
    /** Whether the data has a `version`. */
    versioned: z.boolean(),
    /**
     * Whether the data is a part of a file, so that clients may ask for the whole file.
     * @default false
     */
    file: z.literal(true).optional(),
  }),
  /** The input's fields, each with its variable. The longest `field` that matches a path counts. */
  inputs: z.array(z.object({ field: z.array(z.string()), variable: z.array(z.string()) })),
  /** Links of the whole answer. */
  links: z.array(link),
  /** Links of each item of a list. */
  itemLinks: z.array(link),
});

const restTable = z.object({
  /** How to generate the file. */
  generated: z.string(),
  /** The path before all routes, such as `/api/v1`. */
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
