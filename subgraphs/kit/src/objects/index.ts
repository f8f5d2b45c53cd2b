export { exactStream } from './exact-stream.ts';
export { FileObjects, type FileObjectsOptions } from './file-objects.ts';
export type { Objects } from './objects.ts';
export { OBJECTS_PATH, ObjectLinks, type LinkOptions, type LinkQuery, type VerifiedLink } from './object-links.ts';
export {
  contentTypeOf,
  isKey,
  requireKey,
  type ObjectBody,
  type ObjectInfo,
  type ObjectStore,
  type SignedUpload,
  type StoredObject,
  type UploadRequest,
} from './object-store.ts';
