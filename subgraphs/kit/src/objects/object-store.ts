import type { Readable } from 'node:stream';

/** A stored object without its content. */
export interface ObjectInfo {
  readonly key: string;
  /** The size in bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
}

/** A stored object. The caller must consume or destroy `body`. */
export interface StoredObject extends ObjectInfo {
  readonly body: Readable;
}

/** The content of an object: its bytes, or a stream of known size in bytes. */
export type ObjectBody = Uint8Array | { readonly stream: Readable; readonly size: number };

/** An upload that a client makes without a login. */
export interface UploadRequest {
  readonly key: string;
  /** The exact size of the body in bytes. Any other size is refused. */
  readonly size: number;
  /** The lifetime of the URL in seconds. */
  readonly expiresInS: number;
}

/** The HTTP request of an upload. The body is the content of the object. */
export interface SignedUpload {
  readonly method: 'PUT';
  /** An absolute URL, or a path when the deployment does not know its own public URL yet. */
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Stores objects by key. A key consists of parts of `a-z`, `0-9`, `-`, `_` and `.` between slashes, and has at most 500 characters. The
 * file extension of the key determines the content type: see `contentTypeOf`. Every adapter passes `describeObjectStore`.
 */
export interface ObjectStore {
  /** Stores an object, or replaces it atomically. A reader gets the old or the new content, but never a mixture. */
  put(key: string, body: ObjectBody): Promise<void>;
  /** Stores an object unless the key exists. @returns whether the object was stored */
  putNew(key: string, body: Uint8Array): Promise<boolean>;
  /** Opens an object for reading. Null when the key does not exist. */
  get(key: string): Promise<StoredObject | null>;
  /** Returns size and time of an object without its content. Null when the key does not exist. */
  head(key: string): Promise<ObjectInfo | null>;
  /** Deletes an object. Does nothing when the key does not exist. */
  delete(key: string): Promise<void>;
  /** Lists the objects whose keys begin with the prefix, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** Signs an upload request, with which a client sends the content directly to the store. */
  signedUpload(request: UploadRequest): Promise<SignedUpload>;
}

const MOST_CHARACTERS = 500;

/** Returns a valid key unchanged. @throws TypeError when `isKey` is false */
export function requireKey(key: string): string {
  if (!isKey(key))
    throw new TypeError(
      `The object key "${key}" is not valid. Use parts of a-z, 0-9, "-", "_" and "." between slashes, at most ${MOST_CHARACTERS} characters`,
    );
  return key;
}

/** Whether every store accepts the key. A part cannot begin with a dot, so a key such as `../secret` cannot leave the store's folder. */
export function isKey(key: string): boolean {
  return key.length <= MOST_CHARACTERS && /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/.test(key);
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  webp: 'image/webp',
  xml: 'application/xml',
};

/** The content type for the file extension of a key. `application/octet-stream` for an unknown extension. */
export function contentTypeOf(key: string): string {
  return CONTENT_TYPES[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
