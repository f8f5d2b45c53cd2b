import type { ImportKind, ImportStatus } from '@souk/sdk';

/**
 * Detects the format of a CSV file from its header. Both generations of Shopify's format have a column for the
 * product's handle. Souk's format does not have this column.
 */
export function kindOfHeader(header: string): ImportKind {
  const cells = header
    .replace(/^\uFEFF/, '')
    .split(/[,;\t|]/)
    .map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
  return cells.includes('handle') || cells.includes('url handle') ? 'SHOPIFY_PRODUCTS' : 'SOUK_PRODUCTS';
}

/** Whether an import with this status has ended and no longer changes. */
export function hasEnded(status: ImportStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED';
}

/** Encodes bytes as Base64 (RFC 4648). */
export function base64Of(bytes: Uint8Array): string {
  // JavaScript engines limit the number of arguments of a call, so the bytes are converted in blocks.
  const BLOCK = 8192;
  let binary = '';
  for (let start = 0; start < bytes.length; start += BLOCK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + BLOCK));
  }
  return btoa(binary);
}
