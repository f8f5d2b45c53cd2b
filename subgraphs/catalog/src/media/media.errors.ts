import { failure, type Failure } from '@souk/kit/domain';
import { MAX_PIXELS, MAX_SIDE, MAX_UPLOAD_BYTES } from './media.ts';

const MB = 1024 * 1024;

export const storeMissing = () =>
  failure(
    'MEDIA_STORE_MISSING',
    'This server has no store for pictures: ask its operator to set S3_BUCKET or SOUK_OBJECTS_DIR',
  );

export const fileTooLarge = () =>
  failure('MEDIA_TOO_LARGE', `A picture has at most ${MAX_UPLOAD_BYTES / MB} MiB; save it with fewer pixels`, [
    'sizeBytes',
  ]);

export const quotaExceeded = (quota: number) =>
  failure(
    'MEDIA_QUOTA_EXCEEDED',
    `The pictures of the shop would need more than the ${quota / 1_000_000_000} GB of its plan; delete pictures, or choose a larger plan`,
    ['sizeBytes'],
  );

export const uploadMissing = () =>
  failure('MEDIA_UPLOAD_MISSING', 'The file has not arrived; send it to the URL of the upload, then try again', ['id']);

export const typeNotSupported = () =>
  failure(
    'MEDIA_TYPE_NOT_SUPPORTED',
    'The content is no picture in JPEG, PNG, WebP, GIF or AVIF, whatever its name says; save it in one of these formats',
    ['id'],
  );

export const tooManyPixels = () =>
  failure(
    'MEDIA_TOO_MANY_PIXELS',
    `A picture has at most ${MAX_PIXELS / 1_000_000} million pixels and ${MAX_SIDE} on a side; make it smaller`,
    ['id'],
  );

export const damaged = () =>
  failure('MEDIA_DAMAGED', 'The picture cannot be read; save it again and upload it', ['id']);

export const unsafe = () => failure('MEDIA_UNSAFE', 'The virus scanner refused the file; upload another one', ['id']);

export const scannerDown = () =>
  failure('MEDIA_SCANNER_UNAVAILABLE', 'The virus scanner does not answer; try again in some minutes', ['id']);

export const mediaInUse = () =>
  failure('MEDIA_IN_USE', 'A product shows this picture; remove it from its products first', ['id']);

export const mediaNotReady = (field: readonly string[]) =>
  failure('MEDIA_NOT_READY', 'The picture is not READY; wait until it is, or upload it again when it FAILED', [
    ...field,
  ]);

export const mediaUnknown = (field: readonly string[] = ['id']): Failure<'NOT_FOUND'> =>
  failure('NOT_FOUND', 'There is no picture with this id', [...field]);
