import type { ProductMediaInput } from '@souk/sdk';
import type { ManagedProduct } from './product-form.ts';

export type ProductPicture = ManagedProduct['media'][number];

/** Moves one entry of a list to another index. */
export function moved<Entry>(entries: readonly Entry[], from: number, to: number): Entry[] {
  const [entry, ...others] = [entries.slice(from, from + 1), entries.slice(0, from), entries.slice(from + 1)].flat();
  if (entry === undefined || from === to) return [...entries];
  return others.toSpliced(to, 0, entry);
}

/**
 * The input for a picture that the product already has.
 * @param origin the origin of this server. URLs of this server become paths, so they stay valid when the host name
 * changes
 */
export function pictureInput(
  { url, alt, width, height, kind, media }: ProductPicture,
  origin: string,
): ProductMediaInput {
  if (media) return { mediaId: media.id, alt };
  return { url: url.startsWith(`${origin}/`) ? url.slice(origin.length) : url, alt, width, height, kind };
}

/** Suggests an alternative text from a file name: "cork-lamp_2.jpg" becomes "cork lamp 2". */
export function altFromFileName(name: string): string {
  return name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
}
