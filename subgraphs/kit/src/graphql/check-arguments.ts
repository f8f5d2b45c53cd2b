import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { inputFailures } from './respond.ts';

/**
 * Checks the arguments of queries and of fields by their class-validator decorators, for instance the maximum length of a list. Mutations
 * check their input themselves, and return `userErrors`.
 * @throws GraphQLError BAD_USER_INPUT that names the first invalid argument
 */
export async function checkArguments(value: unknown, { parentType }: GraphQLResolveInfo): Promise<void> {
  if (typeof value !== 'object' || value === null || parentType.name === 'Mutation') return;
  const [first] = await inputFailures(value);
  if (!first) return;
  const argument = first.field?.join('.');
  throw new GraphQLError(`Argument "${argument}": ${first.message}`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}
