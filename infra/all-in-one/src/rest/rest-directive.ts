import { getDirectiveValues, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import type { PersistedOperation } from '../operations/persisted-operation.ts';

const restDirective = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().regex(/^(\/([a-z0-9-]+|\{\w+\}))+$/),
  status: z.number().nullish(),
  data: z.string().nullish(),
  headers: z.array(z.object({ name: z.string(), variable: z.string() })).nullish(),
});

/** What an operation says of its route. */
export type RestDirective = z.infer<typeof restDirective>;

/** The `@rest` of an operation; null when it has no route. @throws ZodError for a path that is none. */
export function restOf(schema: GraphQLSchema, { operation }: PersistedOperation): RestDirective | null {
  const definition = schema.getDirective('rest');
  const values = definition && getDirectiveValues(definition, operation);
  return values ? restDirective.parse(values) : null;
}

/** The names in a path's braces. */
export function pathNames({ path }: Pick<RestDirective, 'path'>): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
