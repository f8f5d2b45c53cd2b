import { err, ok } from '@souk/kit/domain';
import { z } from 'zod';
import type { VendorFailure, VendorReply } from './hosted-api.ts';

/** The JSON API of a payment provider. */
export interface Vendor {
  readonly name: string;
  /** The base URL, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  /** Returns a signal that aborts a request without a response. */
  readonly deadline: () => AbortSignal;
}

export interface VendorRequest<Value> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Validates the fields of the response that are used. */
  readonly answer: z.ZodType<Value>;
}

/** The status and the message of an error response. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/**
 * Sends one request. An error response of the provider becomes REFUSED with the code from `codeOf`. A wrong key, a rate limit, a server
 * error, a timeout and a response that fails validation become UNAVAILABLE.
 */
export async function askVendor<Value>(
  vendor: Vendor,
  request: VendorRequest<Value>,
  codeOf: (refusal: Refusal) => string,
): Promise<VendorReply<Value>> {
  const { name, url, secretKey, deadline } = vendor;
  const { method, path, body, answer } = request;
  const headers = { authorization: `Bearer ${secretKey}`, ...(body && { 'content-type': 'application/json' }) };
  try {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method, headers, signal: deadline(), ...sent });
    const content: unknown = await response.json();
    if (!response.ok) return err(failureOf(name, { status: response.status, message: messageOf(content) }, codeOf));
    const read = answer.safeParse(content);
    return read.success ? ok(read.data) : err(unavailable(name, `its answer to ${method} ${path} has another form`));
  } catch (error) {
    return err(unavailable(name, String(error)));
  }
}

/** HTTP statuses after which a retry may succeed, possibly after the merchant has corrected the account. */
const LATER: ReadonlySet<number> = new Set([401, 403, 408, 425, 429]);

function failureOf(name: string, refusal: Refusal, codeOf: (refusal: Refusal) => string): VendorFailure {
  const { status, message } = refusal;
  if (status >= 500 || LATER.has(status)) return unavailable(name, `it answered ${status}: ${message}`);
  return { kind: 'REFUSED', code: codeOf(refusal) };
}

function unavailable(name: string, why: string): VendorFailure {
  return { kind: 'UNAVAILABLE', message: `${name} did not do the request: ${why}` };
}

const messageSchema = z.object({ message: z.string() });

function messageOf(content: unknown): string {
  const read = messageSchema.safeParse(content);
  return read.success ? read.data.message : 'no message';
}
