export { isLoopbackAddress, listensOnLoopback } from '@souk/platform/http';

/** The name in a `Host` header, in lower case and without the port. `Shop.example:4000` becomes `shop.example`. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Whether a host name always means the local machine. Names below `localhost`, such as `shop.localhost`, are excluded, because they select
 * a shop.
 */
export function isLoopbackHost(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
