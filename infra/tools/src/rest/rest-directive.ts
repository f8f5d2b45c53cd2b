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
    message: 'a condition needs exactly one of "in", "filled" and "below"',
  });

const restDirective = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().regex(/^(\/([a-z0-9-]+|\{\w+\}))+$/),
  status: z.number().nullish(),
  data: z.string().nullish(),
  headers: z.array(z.object({ name: z.string(), variable: z.string() })).nullish(),
  rawBody: z.string().nullish(),
  bytes: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9.+-]+$/)
    .nullish(),
  when: z.array(restCondition).nullish(),
});

/** A condition for a link. The link is shown when the entity in the response meets the condition. */
export type RestCondition = z.infer<typeof restCondition>;

/** The arguments of the directive `@rest`. */
export type RestDirective = z.infer<typeof restDirective>;

/**
 * Reads the directive `@rest` of an operation. Null when the operation is not a REST route.
 * @throws Error when the path is invalid
 */
export function restOf(schema: GraphQLSchema, { operation }: PersistedOperation): RestDirective | null {
  const definition = schema.getDirective('rest');
  const values = definition && getDirectiveValues(definition, operation);
  if (!values) return null;
  const read = restDirective.safeParse(values);
  if (read.success) return read.data;
  throw new Error(z.prettifyError(read.error).replaceAll(/\s+/g, ' '));
}

/** Returns the parameter names of a path: `orderId` for `/orders/{orderId}/events`. */
export function pathNames({ path }: Pick<RestDirective, 'path'>): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
