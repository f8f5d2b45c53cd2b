import {
  Agent,
  createServer,
  request as ask,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Upstreams, type Upstream } from './upstreams.ts';

/** The reverse proxy in front of several gateways. */
export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

export interface FrontOptions {
  readonly host: string;
  /** The port. 0 chooses any free port. */
  readonly port: number;
  /** URLs of the gateways, without a trailing slash. */
  readonly urls: readonly string[];
}

/**
 * How long an idle connection to a gateway stays open, in ms. Shorter than a gateway's drain, so that a draining gateway never has to close
 * a connection of the proxy.
 */
const IDLE_MS = 4000;
/** The maximum size of a request body, which equals the gateway's limit. */
const BODY_BYTES = 1024 * 1024;
/** Headers that belong to one connection (RFC 9110, section 7.6.1). A proxy must not forward them. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'];
/** Headers with which a proxy reports its client. Gateways trust this proxy, so it removes these headers from a client's request. */
const OF_PROXIES = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/;

/**
 * Forwards requests and sockets to the ready gateways, one after the other (round robin). Meant for a single machine. It has no TLS, limits
 * or other features of a production load balancer.
 */
export async function startFront({ host, port, urls }: FrontOptions): Promise<Front> {
  const upstreams = new Upstreams(urls);
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const server = createServer((incoming, outgoing) => {
    void forward(incoming, outgoing, upstreams, agent).catch(() => refuse(outgoing, 502));
  });
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    forwardSocket(incoming, socket, head, upstreams, upstreams.inTurn());
  });
  await listen(server, host, port);
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host}:${taken}`,
    async close() {
      upstreams.stop();
      agent.destroy();
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

async function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  upstreams: Upstreams,
  agent: Agent,
): Promise<void> {
  const body = await bodyOf(incoming);
  if (body === null) return refuse(outgoing, 413);
  for (const upstream of upstreams.inTurn()) {
    const answer = await answerOf(upstream, incoming, body, agent).catch((error: unknown) => {
      upstreams.eject(upstream);
      // The gateway may have carried out the request. The proxy retries only a GET, or a request that cannot have reached a gateway.
      if (incoming.method === 'GET' || codeOf(error) === 'ECONNREFUSED') return null;
      throw error;
    });
    if (!answer) continue;
    for (const name of [...HOP_BY_HOP, ...namedBy(answer.headers.connection)]) delete answer.headers[name];
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => outgoing.destroy());
    outgoing.on('close', () => answer.destroy());
    answer.pipe(outgoing);
    return;
  }
  refuse(outgoing, 503);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function answerOf(
  { hostname, port }: Upstream,
  incoming: IncomingMessage,
  body: Buffer,
  agent: Agent,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url } = incoming;
    // Node adds no `content-length` to a GET with a body. The gateway would then parse the body as the next request.
    const length = body.length > 0 && { 'content-length': body.length };
    const sent = ask({ hostname, port, method, path: url, headers: { ...forwarded(incoming), ...length }, agent });
    sent.on('response', resolve).on('error', reject);
    sent.end(body);
  });
}

/**
 * The client's headers for a gateway, without the headers of this connection. The proxy adds the address from which the client connected.
 */
function forwarded({ headers, socket }: IncomingMessage): OutgoingHttpHeaders {
  const dropped = new Set([...HOP_BY_HOP, ...namedBy(headers.connection)]);
  const passed = Object.entries(headers).filter(([name]) => !dropped.has(name) && !OF_PROXIES.test(name));
  return { ...Object.fromEntries(passed), 'x-forwarded-for': socket.remoteAddress ?? '' };
}

/** The names in a `Connection` header (RFC 9110, section 7.6.1), except for host and length, which a request must keep. */
function namedBy(connection = ''): string[] {
  const names = connection.split(',').map((each) => each.trim().toLowerCase());
  return names.filter((name) => name !== 'host' && name !== 'content-length');
}

/**
 * Connects a client's socket to a gateway, from the upgrade on. When one end closes, the proxy closes the other end. The proxy may try one
 * gateway after the other, because a gateway that fails before the upgrade has not received anything.
 */
function forwardSocket(
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  upstreams: Upstreams,
  [upstream, ...others]: readonly Upstream[],
): void {
  if (!upstream) return void client.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
  const { method, url } = incoming;
  // Upgrade headers belong to a single connection, so the proxy sends its own upgrade headers.
  const handed = { ...forwarded(incoming), connection: 'Upgrade', upgrade: 'websocket' };
  const sent = ask({ hostname: upstream.hostname, port: upstream.port, method, path: url, headers: handed });
  const tryNext = () => {
    upstreams.eject(upstream);
    forwardSocket(incoming, client, head, upstreams, others);
  };
  sent.on('upgrade', (answer, server, first) => {
    server.on('error', () => server.destroy());
    if (client.destroyed) return void server.destroy();
    client.write(`HTTP/1.1 101 Switching Protocols\r\n${rawHeaders(answer)}\r\n`);
    if (first.length > 0) client.write(first);
    if (head.length > 0) server.write(head);
    client.pipe(server).pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  sent.on('response', (answer) => {
    answer.resume();
    if (answer.statusCode === 503) return tryNext(); // the gateway is stopping
    client.end(`HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}\r\n\r\n`);
  });
  sent.on('error', tryNext);
  sent.end();
}

function rawHeaders({ rawHeaders: names }: IncomingMessage): string {
  let text = '';
  for (let index = 0; index < names.length; index += 2) text += `${names[index]}: ${names[index + 1]}\r\n`;
  return text;
}

function refuse(outgoing: ServerResponse, status: number): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(status, { 'content-type': 'application/problem+json' });
  outgoing.end(
    JSON.stringify({ type: 'about:blank', title: 'No gateway answers: try again in a few seconds', status }),
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
