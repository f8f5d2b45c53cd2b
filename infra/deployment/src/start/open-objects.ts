import { systemClock } from '@souk/kit/domain';
import { FileObjects, ObjectLinks, type Objects } from '@souk/kit/objects';
import type { S3ObjectsOptions } from '@souk/platform/s3';

export interface ObjectPlace {
  /** The bucket that stores the objects. When it is null, the objects are stored as files. */
  readonly s3: S3ObjectsOptions | null;
  /** The folder of the files when there is no bucket. Null when the server has no store at all. */
  readonly folder: string | null;
  /** The address at which clients reach the deployment, without a trailing slash. Null while it is unknown. */
  readonly publicUrl: () => string | null;
}

/**
 * Opens the store of pictures and documents. Null when neither a bucket nor a folder is configured. The S3 SDK is loaded only for a bucket.
 */
export async function openObjects({ s3, folder, publicUrl }: ObjectPlace): Promise<Objects | null> {
  if (s3) {
    const { S3Objects } = await import('@souk/platform/s3');
    const store = new S3Objects(s3);
    return { store, links: new ObjectLinks(store, systemClock), acceptsUploads: false };
  }
  if (folder === null) return null;
  const store = new FileObjects({ folder, publicUrl });
  return { store, links: store.links, acceptsUploads: true };
}
