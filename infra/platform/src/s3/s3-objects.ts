import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  contentTypeOf,
  exactStream,
  requireKey,
  type ObjectBody,
  type ObjectInfo,
  type ObjectStore,
  type SignedUpload,
  type StoredObject,
  type UploadRequest,
} from '@souk/kit/objects';
import { Readable } from 'node:stream';

/** A bucket of Amazon S3, or of another store with the same API. */
export interface S3ObjectsOptions {
  readonly bucket: string;
  /** The region, such as `eu-central-1`. */
  readonly region: string;
  /** The URL of a store other than Amazon's. @default Amazon's URL of the region */
  readonly endpoint?: string;
  /**
   * Whether URLs contain the bucket's name in the path instead of in the host name. Most stores other than Amazon S3 need this.
   * @default false
   */
  readonly pathStyle?: boolean;
  /** @default the provider chain of the AWS SDK: environment, files, and the role of the machine */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A logger that drops the SDK's warnings. Every failure is also thrown as an error. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Stores objects in an S3 bucket. Clients upload directly to the bucket. */
export class S3Objects implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ bucket, region, endpoint, pathStyle = false, credentials }: S3ObjectsOptions) {
    this.#bucket = bucket;
    this.#client = new S3Client({
      region,
      forcePathStyle: pathStyle,
      // By default the SDK adds the checksum of an empty body to a signed upload, and chunk framing to streams. Simple stores keep the
      // framing as content.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      logger: SILENT,
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials && { credentials }),
    });
  }

  async put(key: string, body: ObjectBody): Promise<void> {
    const address = { ...this.#address(key), ContentType: contentTypeOf(key) };
    if (body instanceof Uint8Array) {
      await this.#client.send(new PutObjectCommand({ ...address, Body: body }));
      return;
    }
    const Body = exactStream(body.stream, body.size);
    // The SDK does not detect an error of its body stream. Without an abort it would wait forever.
    const failed = new AbortController();
    Body.once('error', (error) => failed.abort(error));
    await this.#client.send(new PutObjectCommand({ ...address, Body, ContentLength: body.size }), {
      abortSignal: failed.signal,
    });
  }

  async putNew(key: string, body: Uint8Array): Promise<boolean> {
    try {
      await this.#client.send(
        new PutObjectCommand({ ...this.#address(key), ContentType: contentTypeOf(key), Body: body, IfNoneMatch: '*' }),
      );
      return true;
    } catch (error) {
      // 412: the object exists. 409: another process creates it at this moment.
      if (statusOf(error) === 412 || statusOf(error) === 409) return false;
      throw error;
    }
  }

  async get(key: string): Promise<StoredObject | null> {
    try {
      const found = await this.#client.send(new GetObjectCommand(this.#address(key)));
      if (!(found.Body instanceof Readable)) throw new Error(`The store sent no content for "${key}". Try again`);
      return { ...infoOf(key, found), body: found.Body };
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    try {
      return infoOf(key, await this.#client.send(new HeadObjectCommand(this.#address(key))));
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#address(key)));
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: prefix });
    for await (const { Contents = [] } of pages)
      for (const { Key, Size, LastModified } of Contents)
        if (Key !== undefined) yield infoOf(Key, { ContentLength: Size, LastModified });
  }

  async signedUpload({ key, size, expiresInS }: UploadRequest): Promise<SignedUpload> {
    const expiresAt = new Date(Date.now() + expiresInS * 1000);
    const command = new PutObjectCommand({ ...this.#address(key), ContentLength: size });
    // The signature covers the content length, so the store refuses an upload of another size.
    const url = await getSignedUrl(this.#client, command, {
      expiresIn: expiresInS,
      signableHeaders: new Set(['content-length', 'host']),
    });
    return { method: 'PUT', url, expiresAt };
  }

  close(): void {
    this.#client.destroy();
  }

  #address(key: string) {
    return { Bucket: this.#bucket, Key: requireKey(key) };
  }
}

interface Described {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
}

function infoOf(key: string, { ContentLength = 0, LastModified = new Date(0) }: Described): ObjectInfo {
  return { key, size: ContentLength, modifiedAt: LastModified };
}

const statusOf = (error: unknown) => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);
