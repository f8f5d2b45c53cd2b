import { z } from 'zod';

/** How the text of a parameter becomes a value of the operation's variables. */
const parameterKind = z.enum([
  'text',
  'integer',
  'number',
  'boolean',
  /** `material:Opal glass` is an object of two fields; texts of the same first field are one object with a list. */
  'pair',
  /** `?limit`, which is `first`. */
  'limit',
  /** `FIELD`, `FIELD:ASC` or `FIELD:DESC`. */
  'sort',
  /** `Idempotency-Key`. */
  'key',
  /** The version of `If-Match`. */
  'version',
]);

const parameter = z.object({
  in: z.enum(['path', 'query', 'header']),
  name: z.string(),
  /** Where the value goes: the variable, then the fields in it. */
  target: z.array(z.string()).min(1),
  kind: parameterKind,
  /** It may come several times. */
  list: z.boolean(),
  required: z.boolean(),
  /** The fields that a `pair` fills. */
  pair: z.object({ key: z.string(), value: z.string(), list: z.boolean() }).optional(),
});

/** What the data must say for a link to be there. It has one of `in`, `filled` and `below`. */
const linkCondition = z.object({
  /** Where in the data. */
  field: z.array(z.string()).min(1),
  /** Its value is one of these. */
  in: z.array(z.string()).min(1).optional(),
  /** The list there has items, or the number there is above 0. */
  filled: z.literal(true).optional(),
  /** The number there is less than the number in this other place. */
  below: z.array(z.string()).min(1).optional(),
});

const link = z.object({
  rel: z.string(),
  method: z.string(),
  /** A template like that of a route. */
  path: z.string(),
  /** Where in the data the template's values are, by name. */
  values: z.record(z.string(), z.array(z.string())),
  /** What callers must be allowed to; they must be logged in, even where it has no clauses. Default: nothing. */
  requires: z.object({ clauses: z.array(z.array(z.array(z.string()))) }).optional(),
  /** All of these hold. Default: none. */
  when: z.array(linkCondition).optional(),
});

const route = z.object({
  /** The operation's name and its id in the manifest. */
  operation: z.string(),
  id: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** After the base path: `/carts/{cartId}/lines`. */
  path: z.string(),
  /** Of a success. */
  status: z.number(),
  /** Of the operation, with their types. */
  variables: z.array(z.object({ name: z.string(), type: z.string(), hasDefault: z.boolean() })),
  parameters: z.array(parameter),
  body: z
    .object({
      /** The variable that the body becomes; null: each of its fields is a variable. */
      variable: z.string().nullable(),
      /** Whether anything in it has to be given. */
      required: z.boolean(),
      /** Fields that must not be in it, because the address or a header says them: where to say them instead. */
      elsewhere: z.record(z.string(), z.string()),
    })
    .nullable(),
  answer: z.object({
    /** The root field, and for mutations whose payload says `userErrors`. */
    root: z.string(),
    refusals: z.boolean(),
    /** From the root field down to the data. */
    path: z.array(z.string()),
    /** Fields of the data to show; null for all. */
    fields: z.array(z.string()).nullable(),
    kind: z.enum(['one', 'list', 'page', 'nothing']),
    /** Places in a piece of data whose lists come as `{nodes}`: shown as lists. */
    nodes: z.array(z.array(z.string())),
    /** Whether `version` is in the data. */
    versioned: z.boolean(),
  }),
  /** What the input's fields are called in the variables: the longest `field` counts. */
  inputs: z.array(z.object({ field: z.array(z.string()), variable: z.array(z.string()) })),
  /** Of the whole answer. */
  links: z.array(link),
  /** Of each item of a list. */
  itemLinks: z.array(link),
});

const restTable = z.object({
  /** How the file came to be. */
  generated: z.string(),
  /** `/api/v1` */
  basePath: z.string(),
  /** The HTTP status of each code of a user error. */
  refusals: z.record(z.string(), z.number()),
  /** What the reference says of each of these codes. */
  refusalTexts: z.record(z.string(), z.string()),
  routes: z.array(route),
});

export type RestParameter = z.infer<typeof parameter>;
export type LinkCondition = z.infer<typeof linkCondition>;
export type RestLink = z.infer<typeof link>;
export type RestRoute = z.infer<typeof route>;
/** All REST routes, as they are generated from the persisted operations. */
export type RestTable = z.infer<typeof restTable>;

/** @throws ZodError when it is not a table that this version can serve. */
export function parseRestTable(value: unknown): RestTable {
  return restTable.parse(value);
}
