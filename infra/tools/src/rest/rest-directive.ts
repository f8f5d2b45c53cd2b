import { getDirectiveValues, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import type { PersistedOperation } from '../operations/persisted-operation.ts';

const restCondition = z
  .object({
    field: z.string(),
    in: z.array(z.string()).min(1).nullish(),
    filled: z.literal(true).nullish(),
    below: z.string().nullish(),
  })
  .refine((each) => [each.in, each.filled, each.below].filter((value) => value != null).length === 1, {
    message: 'a condition has one of "in", "filled" and "below"',
  });

const restDirective = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().regex(/^(\/([a-z0-9-]+|\{\w+\}))+$/),
  status: z.number().nullish(),
  data: z.string().nullish(),
  headers: z.array(z.object({ name: z.string(), variable: z.string() })).nullish(),
  when: z.array(restCondition).nullish(),
});

/** When links to an operation are there, by the thing that it is done with. */
export type RestCondition = z.infer<typeof restCondition>;

/** What an operation says of its route. */
export type RestDirective = z.infer<typeof restDirective>;

/** The `@rest` of an operation; null when it has no route. @throws Error for a path that is none. */
export function restOf(schema: GraphQLSchema, { operation }: PersistedOperation): RestDirective | null {
  const definition = schema.getDirective('rest');
  const values = definition && getDirectiveValues(definition, operation);
  if (!values) return null;
  const read = restDirective.safeParse(values);
  if (read.success) return read.data;
  throw new Error(z.prettifyError(read.error).replaceAll(/\s+/g, ' '));
}

/** The names in a path's braces. */
export function pathNames({ path }: Pick<RestDirective, 'path'>): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
