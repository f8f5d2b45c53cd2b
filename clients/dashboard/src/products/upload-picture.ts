import {
  MediaShowDocument,
  MediaUploadCompleteDocument,
  MediaUploadCreateDocument,
  type MediaShowQuery,
} from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { altFromFileName } from './pictures.ts';

const ASK_AGAIN_MS = 500;

/** A picture that the server has resized. */
export type UploadedPicture = NonNullable<MediaShowQuery['media']>;

/**
 * Uploads a picture, and waits until the server has resized it.
 * @param onProgress receives the uploaded share of the file, from 0 to 1
 * @returns the picture, which products can show
 * @throws RefusalError when the server refuses the file, Error when the upload fails or the file is not a picture
 */
export async function uploadPicture(file: File, onProgress: (share: number) => void): Promise<UploadedPicture> {
  const input = {
    idempotencyKey: newIdempotencyKey(),
    fileName: file.name,
    sizeBytes: file.size,
    alt: altFromFileName(file.name),
  };
  const { media, upload } = accepted((await souk.run(MediaUploadCreateDocument, { input })).mediaUploadCreate);
  if (!media || !upload) throw new Error(file.name);
  await send(file, upload, onProgress);
  const completion = { idempotencyKey: newIdempotencyKey(), id: media.id };
  accepted((await souk.run(MediaUploadCompleteDocument, { input: completion })).mediaUploadComplete);
  return whenReady(media.id);
}

/** Sends the file by `XMLHttpRequest`, because `fetch` does not report upload progress. */
function send(
  file: File,
  { method, url }: { readonly method: string; readonly url: string },
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded / file.size));
    request.addEventListener('load', () =>
      request.status === 200 ? resolve() : reject(new Error(`${file.name}: HTTP ${request.status}`)),
    );
    request.addEventListener('error', () => reject(new Error(`${file.name}: the connection ended`)));
    request.send(file);
  });
}

async function whenReady(id: string): Promise<UploadedPicture> {
  for (;;) {
    const { media } = await souk.run(MediaShowDocument, { id });
    if (media?.status === 'READY') return media;
    if (media?.status !== 'PROCESSING') throw new Error(media?.problem ?? 'The picture was deleted');
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}
