import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The credentials that the emulator accepts. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The S3 error code for a request that fails the signature check. */
export type SignatureProblem = 'AccessDenied' | 'InvalidAccessKeyId' | 'RequestTimeTooSkewed' | 'SignatureDoesNotMatch';

/** The parts of an AWS Signature Version 4, from the header or the query string. */
interface Signature {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** The time of the signature, `20261130T120000Z`. */
  readonly time: string;
  /** The lifetime of a presigned URL in seconds. Null when the signature is in the header. */
  readonly expiresInS: number | null;
}

const ALLOWED_SKEW_MS = 15 * 60_000;

/**
 * Verifies the AWS Signature Version 4 of a request.
 * @returns null when the signature is valid
 */
export function signatureProblem(
  request: IncomingMessage,
  credentials: S3Credentials,
  now: Date,
): SignatureProblem | null {
  const url = new URL(request.url ?? '/', 'http://s3');
  const given = fromQuery(url) ?? fromHeader(request);
  if (!given) return 'AccessDenied';
  const [accessKeyId = '', ...scope] = given.credential.split('/');
  if (accessKeyId !== credentials.accessKeyId) return 'InvalidAccessKeyId';
  if (!given.signedHeaders.includes('host')) return 'SignatureDoesNotMatch';
  const signedAt = Date.parse(given.time.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
  const age = now.getTime() - signedAt;
  if (given.expiresInS !== null && age > given.expiresInS * 1000) return 'AccessDenied';
  if (given.expiresInS === null && Math.abs(age) > ALLOWED_SKEW_MS) return 'RequestTimeTooSkewed';
  const text = ['AWS4-HMAC-SHA256', given.time, scope.join('/'), sha256(canonicalRequest(request, url, given))].join(
    '\n',
  );
  const key = scope.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const expected = hmac(key, text).toString('hex');
  const isRight =
    expected.length === given.signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given.signature));
  return isRight ? null : 'SignatureDoesNotMatch';
}

function fromQuery({ searchParams }: URL): Signature | null {
  if (searchParams.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return null;
  const of = (name: string) => searchParams.get(`X-Amz-${name}`) ?? '';
  return {
    credential: of('Credential'),
    signedHeaders: of('SignedHeaders').split(';'),
    signature: of('Signature'),
    time: of('Date'),
    expiresInS: Number(of('Expires')),
  };
}

function fromHeader({ headers }: IncomingMessage): Signature | null {
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(
    headers.authorization ?? '',
  );
  if (!match) return null;
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const time = String(headers['x-amz-date']);
  return { credential, signedHeaders: signedHeaders.split(';'), signature, time, expiresInS: null };
}

function canonicalRequest(request: IncomingMessage, url: URL, { signedHeaders, expiresInS }: Signature): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted();
  const headers = signedHeaders.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const payload = expiresInS === null ? String(request.headers['x-amz-content-sha256']) : 'UNSIGNED-PAYLOAD';
  return [request.method, url.pathname, query.join('&'), headers.join(''), signedHeaders.join(';'), payload].join('\n');
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
