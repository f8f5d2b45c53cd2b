import { allowsOrigin, type Origins } from '../http/origins.ts';

/**
 * Returns the headers that let pages of an origin read an answer. An origin that is not allowed gets no headers. Cookies are never read.
 */
export type CrossOrigin = (origin: string | undefined) => Readonly<Record<string, string>>;

const EXPOSED = 'ETag, Age, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, X-Correlation-ID';

export function crossOrigin(origins: Origins): CrossOrigin {
  const exposed = { 'access-control-expose-headers': EXPOSED };
  if (origins.includes('*')) return () => ({ 'access-control-allow-origin': '*', ...exposed });
  return (origin) =>
    origin !== undefined && allowsOrigin(origins, origin) ? { 'access-control-allow-origin': origin, ...exposed } : {};
}
