import { createHash } from 'node:crypto';

/** Encodes and decodes the cursors of one list. */
export interface CursorCodec {
  /** Encodes the cursor of a row from the values by which the list is sorted. */
  encode(values: readonly (string | number)[]): string;
  /** Decodes the values of a cursor as text. Null when the text is not a cursor of this list. */
  decode(cursor: string): readonly string[] | null;
}

/** A pattern that matches every value, for columns of any type. */
export const ANY_VALUE = /^/;

/**
 * Creates the codec of one list.
 * @param list the identity of the list: its name, or its sort and filter, as JSON. A cursor contains a checksum over this identity and its
 * values, so a cursor of another list or a damaged cursor is refused before the query. The checksum is not a signature, because a cursor
 * contains no secret and gives no access beyond the query itself.
 * @param patterns a pattern for each value, in the order of the values
 */
export function cursorCodec(list: unknown, patterns: readonly RegExp[]): CursorCodec {
  return codecOfText(JSON.stringify(list), patterns);
}

/** Creates the codec of a list whose identity is already JSON. @param patterns one pattern for each value */
export function codecOfText(listed: string, patterns: readonly RegExp[]): CursorCodec {
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
