import { GraphQLError } from 'graphql';

/** The opaque cursor of a place in a list. */
export function cursorAt(...place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place of a cursor, its parts as text. @throws GraphQLError BAD_USER_INPUT for what is no cursor of such a list */
export function placeOf(cursor: string, parts: readonly RegExp[]): string[] {
  const place = parse(cursor);
  if (place.length === parts.length && parts.every((part, index) => part.test(place[index] ?? ''))) return place;
  throw new GraphQLError('`after` is no cursor of this list', {
    extensions: { code: 'BAD_USER_INPUT', field: ['after'] },
  });
}

/** @throws GraphQLError BAD_USER_INPUT when `first` is not from 1 to 200 */
export function requireFirst(first: number): number {
  if (first >= 1 && first <= 200) return first;
  throw new GraphQLError('`first` takes a whole number from 1 to 200', {
    extensions: { code: 'BAD_USER_INPUT', field: ['first'] },
  });
}

function parse(cursor: string): string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}
