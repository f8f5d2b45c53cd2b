import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEnumType, type GraphQLSchema } from 'graphql';
import { parse } from 'yaml';
import { z } from 'zod';

const restDescription = z.strictObject({
  info: z.strictObject({ title: z.string(), version: z.string().regex(/^\d+\.\d+\.\d+$/), description: z.string() }),
  /** Descriptions by the folder of the operations. */
  tags: z.record(z.string(), z.string()),
  /** Descriptions of user error codes, grouped by HTTP status. */
  refusals: z.record(z.string().regex(/^[45]\d\d$/), z.record(z.string(), z.string())),
  /** The maximum length of path parameters, by name. */
  pathLengths: z.record(z.string(), z.number().int().positive()),
  /** Examples by `Type.field`, or by field name. */
  examples: z.record(z.string(), z.unknown()),
  /** Examples by the name of the scalar. */
  scalars: z.record(z.string(), z.unknown()),
});

/** The content of `clients/operations/rest.yaml`. */
export type RestDescription = z.infer<typeof restDescription>;

/** Reads the file `rest.yaml` in the folder. @throws Error when the file is invalid */
export async function readRestDescription(folder: string): Promise<RestDescription> {
  return restDescription.parse(parse(await readFile(join(folder, 'rest.yaml'), 'utf8')));
}

/**
 * Returns the HTTP status of each user error code.
 * @throws Error when a code of the schema has no status, or when a listed code does not exist. Every new code therefore
 * needs a decision about its status.
 */
export function refusalStatuses({ refusals }: RestDescription, schema: GraphQLSchema): Record<string, number> {
  const type = schema.getType('UserErrorCode');
  const codes = new Set(isEnumType(type) ? type.getValues().map(({ name }) => name) : []);
  const statuses = Object.entries(refusals).flatMap(([status, each]) =>
    Object.keys(each).map((code) => [code, Number(status)] as const),
  );
  const named = new Set(statuses.map(([code]) => code));
  const wrong = [...codes, ...named].filter((code) => !codes.has(code) || !named.has(code));
  if (wrong.length > 0 || named.size !== statuses.length) {
    throw new Error(
      `clients/operations/rest.yaml: name each code of UserErrorCode exactly once under "refusals". Add, remove or correct ${wrong.join(', ')}`,
    );
  }
  return Object.fromEntries(statuses.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Returns the description of each user error code. */
export function refusalTexts({ refusals }: RestDescription): Record<string, string> {
  const texts = Object.values(refusals).flatMap((each) => Object.entries(each));
  return Object.fromEntries(texts.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
