/** Where a thing lies among its siblings. */
export interface Place {
  readonly position: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,9}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * A cursor of the variants of a product, or of the children of a category. Such a list has one order and no filter, so there is
 * nothing more to tell apart.
 */
export function cursorOfPlace({ position, id }: Place): string {
  return Buffer.from(`${position}:${id}`).toString('base64url');
}

/** The inverse; null for what is no such cursor. */
export function placeOfCursor(cursor: string): Place | null {
  const [, position, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return position && id ? { position: Number(position), id } : null;
}
