import { randomBytes } from 'node:crypto';
import type { Parameters } from './form-body.ts';
import { noSuch } from './stripe-failure.ts';

/** The id in a path that matches a route. Empty when the route has no id. Null when the path does not match. */
export function matchedId(route: string, request: string): string | null {
  const [before = '', after] = route.split('{id}');
  if (after === undefined) return request === route ? '' : null;
  if (!request.startsWith(before) || !request.endsWith(after)) return null;
  const id = request.slice(before.length, request.length - after.length);
  return id === '' || id.includes('/') ? null : id;
}

/** The metadata of a request. */
export function metadataOf(given: Parameters): Readonly<Record<string, string>> {
  const metadata = given['metadata'];
  return typeof metadata === 'object' && !Array.isArray(metadata) ? (metadata as Record<string, string>) : {};
}

/**
 * The parameter `automatic_payment_methods` of a request, with its default. Null when the request does not have the
 * parameter.
 */
export function automaticMethodsOf(given: Parameters) {
  const methods = given['automatic_payment_methods'] as Parameters | undefined;
  if (!methods) return null;
  return { enabled: methods['enabled'] === 'true', allow_redirects: text(methods['allow_redirects'] ?? 'always') };
}

/** @throws StripeFailure always */
export function missing(noun: string, id: string, status = 404): never {
  throw noSuch(noun, id, 'intent', status);
}

export const text = (value: unknown): string => String(value);
/** A string parameter. Null when the parameter is missing, empty or not a string. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** Seconds since 1970. */
export const now = (): number => Math.floor(Date.now() / 1000);
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
/** Creates a client secret, with which a browser may act on an intent. */
export const secretOf = (id: string): string => `${id}_secret_${randomBytes(12).toString('hex')}`;
