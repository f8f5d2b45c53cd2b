import type { Actor } from '@souk/kit/context';
import { AccessDeniedError } from '@souk/kit/context';
import { GraphQLError } from 'graphql';
import { isSelected, type ProtectedField } from './protected-fields.ts';

/** One error for each denied field of the answer, except for fields within another denied field. */
export function deniedErrors(
  denied: readonly ProtectedField[],
  actor: Actor,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const paths = new Map(
    denied.filter((field) => isSelected(field, variables)).map(({ path }) => [path.join('.'), path] as const),
  );
  const within = (path: readonly string[]) =>
    path.some((_, length) => length > 0 && paths.has(path.slice(0, length).join('.')));
  return [...paths.values()].filter((path) => !within(path)).map((path) => deniedError(path, actor));
}

function deniedError(path: readonly string[], actor: Actor): GraphQLError {
  const { message, code } = new AccessDeniedError(actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  return new GraphQLError(message, { path: [...path], extensions: { code } });
}
