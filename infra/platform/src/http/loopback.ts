/** Whether a server that listens on this host or address is reachable only from the same machine. */
export function listensOnLoopback(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}

/** Whether the remote address of a connection belongs to this machine. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}
