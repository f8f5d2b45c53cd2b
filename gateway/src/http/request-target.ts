import type { IncomingMessage } from 'node:http';

/**
 * The path and query of a request. Its target may be an absolute URL (`GET http://shop.example/docs`). Servers must
 * accept that form, and use its host instead of the `Host` header (RFC 9112, 3.2.2). The host is removed from the
 * target, because an answer in a shared cache must not contain the host.
 */
export function originForm({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/is.exec(url);
  if (!absolute) return url;
  const [, host = '', rest = ''] = absolute;
  headers.host = host;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * Whether a request has two `Host` headers. A proxy and a server may choose different hosts, so RFC 9112, 3.2 requires
 * a 400.
 */
export function hasTwoHosts({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}
