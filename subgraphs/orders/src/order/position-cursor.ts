/** The opaque cursor of a place in a list. */
export function cursorAt(...place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place of a cursor, its parts as text; null for what is no cursor of such a list. */
export function placeOf(cursor: string, parts: readonly RegExp[]): string[] | null {
  const place = parse(cursor);
  return place.length === parts.length && parts.every((part, index) => part.test(place[index] ?? '')) ? place : null;
}

function parse(cursor: string): string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}
