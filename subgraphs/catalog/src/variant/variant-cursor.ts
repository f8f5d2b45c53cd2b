/** Where a variant lies among those of its product. */
export interface VariantPosition {
  readonly position: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,9}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A cursor of the variants of a product. This list has one order and no filter, so nothing more needs to be told apart. */
export function variantCursor({ position, id }: VariantPosition): string {
  return Buffer.from(`${position}:${id}`).toString('base64url');
}

/** The inverse; null for what is no such cursor. */
export function variantPosition(cursor: string): VariantPosition | null {
  const [, position, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return position && id ? { position: Number(position), id } : null;
}
