/**
 * The URL of a server as an address that a browser can open. A server that listens on all addresses also listens on the loopback address.
 */
export function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}
