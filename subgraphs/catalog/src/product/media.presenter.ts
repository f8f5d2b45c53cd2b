import type { MediaRow } from './media.repository.ts';

/** Presents media with absolute addresses. For a file on this server only the path is stored, so that the server's address may change. */
export function presentMedia(publicUrl: string | null): (media: MediaRow) => MediaRow {
  return (media) =>
    publicUrl !== null && media.url.startsWith('/') ? { ...media, url: publicUrl + media.url } : media;
}
