import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemClock, type Clock } from '../domain/index.ts';
import { exactStream } from './exact-stream.ts';
import { ObjectLinks } from './object-links.ts';
import {
  requireKey,
  type ObjectBody,
  type ObjectInfo,
  type ObjectStore,
  type SignedUpload,
  type StoredObject,
  type UploadRequest,
} from './object-store.ts';

export interface FileObjectsOptions {
  /** The folder of the objects. The first write creates it. Several processes may share it. */
  readonly folder: string;
  /** The URL at which clients reach the deployment, without a trailing slash. @default unknown, so links are paths without a host */
  readonly publicUrl?: () => string | null;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** The folder of files that are being written. A key cannot begin with a dot, so an object never has this name. */
const PARTIAL = '.partial';

/** Stores objects as files. The deployment itself receives uploads: see `addObjectRoutes` of platform/http. */
export class FileObjects implements ObjectStore {
  readonly links: ObjectLinks;
  readonly #folder: string;
  readonly #publicUrl: () => string | null;
  readonly #clock: Clock;

  constructor({ folder, publicUrl = () => null, clock = systemClock }: FileObjectsOptions) {
    this.#folder = folder;
    this.#publicUrl = publicUrl;
    this.#clock = clock;
    this.links = new ObjectLinks(this, clock);
  }

  async put(key: string, body: ObjectBody): Promise<void> {
    const file = this.#file(key);
    const partial = await this.#partial(body);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await rename(partial, file);
  }

  async putNew(key: string, body: Uint8Array): Promise<boolean> {
    const file = this.#file(key);
    const partial = await this.#partial(body);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    try {
      await link(partial, file); // unlike rename, link fails when the file exists
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      await rm(partial, { force: true });
    }
  }

  async get(key: string): Promise<StoredObject | null> {
    try {
      const handle = await open(this.#file(key));
      const { size, mtime } = await handle.stat();
      return { key, size, modifiedAt: mtime, body: createReadStream('', { fd: handle }) };
    } catch (error) {
      return absent(error);
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    try {
      const { size, mtime } = await stat(this.#file(key));
      return { key, size, modifiedAt: mtime };
    } catch (error) {
      return absent(error);
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.#file(key), { force: true });
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    const folder = join(this.#folder, prefix.slice(0, prefix.lastIndexOf('/') + 1));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent);
    const keys = (entries ?? [])
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => this.#keyOf(join(parentPath, name)))
      .filter((key) => key.startsWith(prefix) && !key.startsWith('.'))
      .toSorted();
    for (const key of keys) {
      const info = await this.head(key);
      if (info) yield info;
    }
  }

  async signedUpload(request: UploadRequest): Promise<SignedUpload> {
    const expiresAt = new Date(this.#clock.now().getTime() + request.expiresInS * 1000);
    const path = await this.links.uploadPath(request, expiresAt);
    return { method: 'PUT', url: (this.#publicUrl() ?? '') + path, expiresAt };
  }

  #file(key: string): string {
    return join(this.#folder, requireKey(key));
  }

  #keyOf(file: string): string {
    return file.slice(join(this.#folder, sep).length).split(sep).join('/');
  }

  /**
   * Writes the body to a temporary file, which the caller then renames. A crash during the write cannot leave half of an object under its
   * key.
   */
  async #partial(body: ObjectBody): Promise<string> {
    const folder = join(this.#folder, PARTIAL);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, randomUUID());
    try {
      if (body instanceof Uint8Array) await writeFile(file, body, { mode: 0o600 });
      else await pipeline(exactStream(body.stream, body.size), createWriteStream(file, { mode: 0o600 }));
      return file;
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

/** Converts the error of a missing file to null, and rethrows any other error. */
function absent(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}
