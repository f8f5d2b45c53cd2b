import { createHash } from 'node:crypto';

/** Writes and reads the cursors of one list. */
export interface CursorCodec {
  /** The cursor of a row, given the values that the list is sorted by. */
  encode(values: readonly (string | number)[]): string;
  /** The values of a cursor as text; null when it is no cursor, or one of another list. */
  decode(cursor: string): readonly string[] | null;
}

/** Matches every value: for columns of any type. */
export const ANY_VALUE = /^/;

/**
 * @param list what identifies the list: its name, or its sort and its filter, as JSON. Cursors carry a checksum over it and
 * their values, so that neither a foreign nor a mangled one reaches Postgres. The checksum is no signature: a cursor holds no
 * secret and opens nothing that the query itself would not show.
 * @param patterns one for each value, in their order
 */
export function cursorCodec(list: unknown, patterns: readonly RegExp[]): CursorCodec {
  const listed = JSON.stringify(list);
  const checksum = (values: readonly string[]) =>
    createHash('sha256')
      .update(JSON.stringify([listed, values]))
      .digest('base64url')
      .slice(0, 16);
  return {
    encode(values) {
      const texts = values.map(String);
      return Buffer.from(JSON.stringify([checksum(texts), ...texts])).toString('base64url');
    },
    decode(cursor) {
      const parsed = parseCursor(cursor);
      if (!parsed) return null;
      const [sum, ...values] = parsed;
      if (values.length !== patterns.length || sum !== checksum(values)) return null;
      return patterns.every((pattern, index) => pattern.test(values[index] ?? '')) ? values : null;
    },
  };
}

function parseCursor(cursor: string): string[] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) && parsed.every((part) => typeof part === 'string') ? parsed : null;
  } catch {
    return null;
  }
}
