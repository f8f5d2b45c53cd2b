import type { ImportKind, ImportStatus } from '@souk/sdk';

/**
 * The format of a CSV file by its header. Shopify's files of both generations have a column for the handle of the
 * product, and files of Souk have none.
 */
export function kindOfHeader(header: string): ImportKind {
  const cells = header
    .replace(/^\uFEFF/, '')
    .split(/[,;\t|]/)
    .map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
  return cells.includes('handle') || cells.includes('url handle') ? 'SHOPIFY_PRODUCTS' : 'SOUK_PRODUCTS';
}

/** Whether an import with this status changes no more. */
export function hasEnded(status: ImportStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED';
}

/** Encodes bytes as Base64 (RFC 4648). */
export function base64Of(bytes: Uint8Array): string {
  // The arguments of one call are limited, so the bytes are converted in blocks.
  const BLOCK = 8192;
  let binary = '';
  for (let start = 0; start < bytes.length; start += BLOCK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + BLOCK));
  }
  return btoa(binary);
}
