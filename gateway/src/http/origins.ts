/**
 * Origins whose pages may call the gateway, such as `https://shop.example`. The word `loopback` allows every origin of this machine
 * (`localhost`, names below it, 127.0.0.0/8, `[::1]`, any port) for the development of front ends. `*` allows all origins.
 */
export type Origins = readonly string[];

const LOOPBACK_ORIGIN = /^https?:\/\/((?:[\w-]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/;

/** The origins in the format of the `origin` option of `@fastify/cors`. */
export function originPatterns(origins: Origins): '*' | (string | RegExp)[] {
  return origins.includes('*') ? '*' : origins.map((origin) => (origin === 'loopback' ? LOOPBACK_ORIGIN : origin));
}

/**
 * Whether pages of an origin may call the gateway.
 * @param origin the value of the `Origin` header
 */
export function allowsOrigin(origins: Origins, origin: string): boolean {
  const patterns = originPatterns(origins);
  return patterns === '*' || patterns.some((each) => (typeof each === 'string' ? each === origin : each.test(origin)));
}
