import type { MediaRow } from './media.repository.ts';

/** Makes the URLs of media absolute. For a file on this server only the path is stored, so the server's URL may change. */
export function presentMedia(publicUrl: string | null): (media: MediaRow) => MediaRow {
  return (media) =>
    publicUrl !== null && media.url.startsWith('/') ? { ...media, url: publicUrl + media.url } : media;
}
