/** Headers that let pages of other origins read an answer; none for an origin that may not. No cookie is ever read. */
export type CrossOrigin = (origin: string | undefined) => Readonly<Record<string, string>>;

const EXPOSED = 'ETag, Age, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, X-Correlation-ID';

/** @param origins `https://shop.example`; `*` lets all. */
export function crossOrigin(origins: readonly string[]): CrossOrigin {
  const known = new Set(origins);
  const exposed = { 'access-control-expose-headers': EXPOSED };
  if (known.has('*')) return () => ({ 'access-control-allow-origin': '*', ...exposed });
  return (origin) =>
    origin !== undefined && known.has(origin) ? { 'access-control-allow-origin': origin, ...exposed } : {};
}
