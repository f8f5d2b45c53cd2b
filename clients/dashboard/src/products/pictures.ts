import type { ProductMediaInput } from '@souk/sdk';
import type { ManagedProduct } from './product-form.ts';

export type ProductPicture = ManagedProduct['media'][number];

/** The list with one entry moved to another place. */
export function moved<Entry>(entries: readonly Entry[], from: number, to: number): Entry[] {
  const [entry, ...others] = [entries.slice(from, from + 1), entries.slice(0, from), entries.slice(from + 1)].flat();
  if (entry === undefined || from === to) return [...entries];
  return others.toSpliced(to, 0, entry);
}

/**
 * The input for a picture that a product shows already.
 * @param origin the address of this server. Files of this server keep their paths, so that its address may change
 */
export function pictureInput(
  { url, alt, width, height, kind, media }: ProductPicture,
  origin: string,
): ProductMediaInput {
  if (media) return { mediaId: media.id, alt };
  return { url: url.startsWith(`${origin}/`) ? url.slice(origin.length) : url, alt, width, height, kind };
}

/** The name of a file as a first alternative text: "cork-lamp_2.jpg" is "cork lamp 2". */
export function altFromFileName(name: string): string {
  return name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
}
