import type { Readable } from 'node:stream';

/** A stored object without its content. */
export interface ObjectInfo {
  readonly key: string;
  /** The size in bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
}

/** A stored object. The reader consumes or destroys `body`. */
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
  /** An absolute URL. A path when the deployment does not know its own address yet. */
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Stores objects by key. A key consists of parts of `a-z`, `0-9`, `-`, `_` and `.` between slashes, and has at most 500 characters. The
 * ending of the key decides the content type: see `contentTypeOf`. Every adapter passes `describeObjectStore`.
 */
export interface ObjectStore {
  /** Stores an object, and replaces an earlier one. A reader sees the earlier or the new object, never half of one. */
  put(key: string, body: ObjectBody): Promise<void>;
  /** Stores an object unless the key is taken. @returns whether the object was stored */
  putNew(key: string, body: Uint8Array): Promise<boolean>;
  /** @returns null when no object has the key */
  get(key: string): Promise<StoredObject | null>;
  /** @returns null when no object has the key */
  head(key: string): Promise<ObjectInfo | null>;
  /** Deletes the object, if there is one. */
  delete(key: string): Promise<void>;
  /** Lists the objects whose keys begin with the prefix, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** Signs an upload, so that the content goes from the client to the store. */
  signedUpload(request: UploadRequest): Promise<SignedUpload>;
}

/** The maximum number of characters of a key. */
const MOST_CHARACTERS = 500;

/** @throws TypeError when the key is not one that every store accepts */
export function requireKey(key: string): string {
  if (!isKey(key))
    throw new TypeError(
      `The object key "${key}" is not valid. Use parts of a-z, 0-9, "-", "_" and "." between slashes, at most ${MOST_CHARACTERS} characters`,
    );
  return key;
}

/** Whether every store accepts the key. No part begins with a dot, so no key leaves the folder of a store. */
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

/** The content type by the ending of the key. `application/octet-stream` for an unknown ending. */
export function contentTypeOf(key: string): string {
  return CONTENT_TYPES[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
