import { createHash } from 'node:crypto';

/** Writes and reads the cursors of one list. */
export interface CursorCodec {
  /** The cursor of a row, given the values that it is sorted by. */
  encode(values: readonly string[]): string;
  /** The values of a cursor; null when it is none, or one of another list. */
  decode(cursor: string, count: number): readonly string[] | null;
}

/**
 * @param list what makes the list itself: its sort and its filter, as JSON. Cursors carry a checksum over it and their
 * values, so that neither a foreign nor a mangled one reaches Postgres. It is no signature: a cursor holds no secret
 * and opens nothing that the query itself would not show.
 */
export function cursorCodec(list: unknown): CursorCodec {
  const listed = JSON.stringify(list);
  const checksum = (values: readonly string[]) =>
    createHash('sha256')
      .update(JSON.stringify([listed, values]))
      .digest('base64url')
      .slice(0, 16);
  return {
    encode: (values) => Buffer.from(JSON.stringify([checksum(values), ...values])).toString('base64url'),
    decode(cursor, count) {
      const parsed = parseCursor(cursor);
      if (!parsed) return null;
      const [sum, ...values] = parsed;
      return values.length === count && sum === checksum(values) ? values : null;
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
