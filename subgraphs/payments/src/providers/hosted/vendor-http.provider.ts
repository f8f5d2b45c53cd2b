import { err, ok } from '@souk/kit/domain';
import { z } from 'zod';
import type { VendorFailure, VendorReply } from './hosted-api.ts';

/** A request must end before the turn of its step does. */
const TIMEOUT_MS = 20_000;

/** A JSON API of a vendor. */
export interface Vendor {
  readonly name: string;
  /** The address before the path, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  /** Ends a request that gets no answer. @default after 20 seconds */
  readonly deadline?: () => AbortSignal;
}

export interface VendorRequest<Value> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The part of the answer that is read. */
  readonly answer: z.ZodType<Value>;
}

/** A refusal of the vendor, as its status and its message. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/**
 * Sends one request. A refusal of the request is a REFUSED with the code that `codeOf` gives. A wrong key, a limit of requests, a failure of the
 * vendor and an answer of another form are UNAVAILABLE.
 */
export async function askVendor<Value>(
  vendor: Vendor,
  request: VendorRequest<Value>,
  codeOf: (refusal: Refusal) => string,
): Promise<VendorReply<Value>> {
  const { name, url, secretKey, deadline = () => AbortSignal.timeout(TIMEOUT_MS) } = vendor;
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

/** Statuses of a request that may succeed later, or when the merchant has corrected the account. */
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
