import type { MediaRow } from './media.repository.ts';

/** Presents media with absolute addresses. A file on this server is stored by its path, so the server's address may change. */
export function presentMedia(publicUrl: string | null): (media: MediaRow) => MediaRow {
  return (media) =>
    publicUrl !== null && media.url.startsWith('/') ? { ...media, url: publicUrl + media.url } : media;
}
