/** A server's URL that a browser can open. Browsers cannot open 0.0.0.0 and [::], so the loopback address replaces them. */
export function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}
