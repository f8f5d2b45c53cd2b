import { MediaShowDocument, MediaUploadCompleteDocument, MediaUploadCreateDocument } from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { altFromFileName } from './pictures.ts';

const ASK_AGAIN_MS = 500;

/**
 * Uploads a picture, and waits until the server has resized it.
 * @param onProgress receives the uploaded share of the file, from 0 to 1
 * @returns the id of the picture
 * @throws RefusalError when the server refuses the file, Error when the upload fails or the file is not a picture
 */
export async function uploadPicture(file: File, onProgress: (share: number) => void): Promise<string> {
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

async function whenReady(id: string): Promise<string> {
  for (;;) {
    const { media } = await souk.run(MediaShowDocument, { id });
    if (media?.status === 'READY') return id;
    if (media?.status !== 'PROCESSING') throw new Error(media?.problem ?? 'The picture was deleted');
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}
