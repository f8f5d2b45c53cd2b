import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { systemClock, type Clock } from '@souk/kit/domain';
import { sha256, signatureProblem, type S3Credentials } from './signature.ts';

export interface S3EmulatorOptions {
  readonly bucket: string;
  readonly credentials: S3Credentials;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** A running object store with the API of S3, in memory. */
export interface S3Emulator {
  /** The base URL, `http://127.0.0.1:PORT`. The path begins with the bucket. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Kept {
  readonly body: Buffer;
  readonly type: string;
  readonly modifiedAt: Date;
}

/** The maximum number of keys in one page of a list. It is small, so tests have to read several pages. */
const PAGE = 2;

/**
 * Starts an object store with the API of S3. It refuses requests that simple S3-compatible stores do not support:
 * chunked framing, checksums in the query, bodies without a length. Versions, multipart uploads and access rules are
 * not emulated.
 */
export async function startS3Emulator(options: S3EmulatorOptions): Promise<S3Emulator> {
  const bucket = new Bucket(options);
  const server = createServer((request, response) => {
    bucket.answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Bucket {
  readonly #objects = new Map<string, Kept>();
  readonly #options: S3EmulatorOptions;

  constructor(options: S3EmulatorOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bucket, credentials, clock = systemClock } = this.#options;
    const problem = signatureProblem(request, credentials, clock.now()) ?? framingProblem(request);
    if (problem) return fail(request, response, problem === 'InvalidRequest' ? 400 : 403, problem);
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, name, ...rest] = decodeURIComponent(url.pathname).split('/');
    if (name !== bucket) return fail(request, response, 404, 'NoSuchBucket');
    const key = rest.join('/');
    switch (request.method) {
      case 'PUT':
        return this.#put(key, request, response);
      case 'GET':
        return key === '' ? this.#list(url.searchParams, response) : this.#get(key, request, response);
      case 'HEAD':
        return this.#get(key, request, response);
      case 'DELETE':
        this.#objects.delete(key);
        return void response.writeHead(204).end();
      default:
        return fail(request, response, 405, 'MethodNotAllowed');
    }
  }

  async #put(key: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = request;
    if (headers['content-length'] === undefined) return fail(request, response, 411, 'MissingContentLength');
    const body = await buffer(request);
    const expected = headers['x-amz-content-sha256'];
    if (/^[0-9a-f]{64}$/.test(String(expected)) && expected !== sha256(body))
      return fail(request, response, 400, 'XAmzContentSHA256Mismatch');
    if (headers['if-none-match'] === '*' && this.#objects.has(key))
      return fail(request, response, 412, 'PreconditionFailed');
    const type = headers['content-type'] ?? 'binary/octet-stream';
    this.#objects.set(key, { body, type, modifiedAt: new Date() });
    response.writeHead(200, { etag: `"${sha256(body)}"` }).end();
  }

  #get(key: string, request: IncomingMessage, response: ServerResponse): void {
    const found = this.#objects.get(key);
    if (!found) return fail(request, response, 404, 'NoSuchKey');
    const { body, type, modifiedAt } = found;
    response.writeHead(200, {
      'content-length': body.length,
      'content-type': type,
      'last-modified': modifiedAt.toUTCString(),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** Implements ListObjectsV2. The continuation token is the last key of the page. */
  #list(query: URLSearchParams, response: ServerResponse): void {
    const after = query.get('continuation-token') ?? '';
    const keys = [...this.#objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
      .toSorted();
    const page = keys.slice(0, PAGE);
    const more = keys.length > page.length;
    const entries = page.map((key) => {
      const { body, modifiedAt } = this.#objects.get(key) ?? { body: '', modifiedAt: new Date() };
      return `<Contents><Key>${key}</Key><LastModified>${modifiedAt.toISOString()}</LastModified><Size>${body.length}</Size></Contents>`;
    });
    const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`,
    );
  }
}

/**
 * Refuses chunked bodies and checksums of newer SDKs. A simple store would save the chunk headers and checksums as part
 * of the content.
 */
function framingProblem({ url = '', headers }: IncomingMessage): 'InvalidRequest' | null {
  const isChunked =
    (headers['content-encoding'] ?? '').includes('aws-chunked') ||
    headers['transfer-encoding'] !== undefined ||
    String(headers['x-amz-content-sha256']).startsWith('STREAMING-');
  return isChunked || /[?&]x-amz-checksum-/i.test(url) ? 'InvalidRequest' : null;
}

/** Sends an S3 error. A response to HEAD has no body. */
function fail(request: IncomingMessage, response: ServerResponse, status: number, code: string): void {
  request.resume(); // the client must be able to finish sending
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}
