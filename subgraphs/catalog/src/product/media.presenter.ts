import type { MediaRow } from './media.repository.ts';

/** A file of the server itself is stored by its path, so that the server can move. Clients get an address that they can open. */
export function presentMedia(publicUrl: string | null): (media: MediaRow) => MediaRow {
  return (media) =>
    publicUrl !== null && media.url.startsWith('/') ? { ...media, url: publicUrl + media.url } : media;
}
