import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEnumType, type GraphQLSchema } from 'graphql';
import { parse } from 'yaml';
import { z } from 'zod';

const restDescription = z.strictObject({
  info: z.strictObject({ title: z.string(), version: z.string().regex(/^\d+\.\d+\.\d+$/), description: z.string() }),
  /** By folder of operations. */
  tags: z.record(z.string(), z.string()),
  /** Codes of user errors, by HTTP status, each with what the reference says of it. */
  refusals: z.record(z.string().regex(/^[45]\d\d$/), z.record(z.string(), z.string())),
  /** The most characters of a text in a path, by its name there. */
  pathLengths: z.record(z.string(), z.number().int().positive()),
  /** By `Type.field` or by field. */
  examples: z.record(z.string(), z.unknown()),
  /** By the name of a scalar. */
  scalars: z.record(z.string(), z.unknown()),
});

/** What `clients/operations/rest.yaml` says of the facade as a whole. */
export type RestDescription = z.infer<typeof restDescription>;

/** @throws Error when it has mistakes. */
export async function readRestDescription(folder: string): Promise<RestDescription> {
  return restDescription.parse(parse(await readFile(join(folder, 'rest.yaml'), 'utf8')));
}

/**
 * The HTTP status of each code that a user error can have.
 * @throws Error unless every code of the schema has one, and only those: nobody guesses the status of a new code.
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
      `clients/operations/rest.yaml: name each code of UserErrorCode once under "refusals"; see to ${wrong.join(', ')}`,
    );
  }
  return Object.fromEntries(statuses.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** What the reference says of each code that a user error can have. */
export function refusalTexts({ refusals }: RestDescription): Record<string, string> {
  const texts = Object.values(refusals).flatMap((each) => Object.entries(each));
  return Object.fromEntries(texts.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
