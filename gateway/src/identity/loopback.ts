export { isLoopbackAddress, listensOnLoopback } from '@souk/platform/http';

/** The name in a `Host` header, in lower case: `Shop.example:4000` and `[::1]:4000` without their ports. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/** Whether a host name always means the machine of the one who says it. Names below `localhost` are names of shops. */
export function isLoopbackHost(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
