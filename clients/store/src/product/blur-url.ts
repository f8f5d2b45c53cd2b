import { decode } from 'blurhash';

const SIDE = 16;

/**
 * Decodes a blur hash to a tiny picture as a data URL. Null for an invalid hash, and in a browser without canvas
 * support.
 */
export function blurUrl(hash: string): string | null {
  try {
    const canvas = document.createElement('canvas');
    canvas.width = SIDE;
    canvas.height = SIDE;
    const context = canvas.getContext('2d');
    if (!context) return null;
    const pixels = context.createImageData(SIDE, SIDE);
    pixels.data.set(decode(hash, SIDE, SIDE));
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL();
  } catch {
    return null;
  }
}
