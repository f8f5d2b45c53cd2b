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

/** What stands in front of several gateways. */
export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

export interface FrontOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Of the gateways, without a slash at the end. */
  readonly urls: readonly string[];
}

/** Shorter than a gateway goes on serving that is about to stop: of its connections that do nothing, none is left to be closed by it. */
const IDLE_MS = 4000;
/** As much as a gateway reads. */
const BODY_BYTES = 1024 * 1024;
/** Headers of one connection (RFC 9110, section 7.6.1): the next connection has its own. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'];
/** Headers by which a proxy says for whom it asks. Gateways believe the front, so none of a client may pass. */
const OF_PROXIES = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/;

/**
 * Hands requests and sockets to the gateways in turn, as far as they are ready. For one machine: no TLS, no limits, nothing that a
 * balancer of a data center does better.
 */
export async function startFront({ host, port, urls }: FrontOptions): Promise<Front> {
  const upstreams = new Upstreams(urls);
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const server = createServer((incoming, outgoing) => {
    void handOn(incoming, outgoing, upstreams, agent).catch(() => refuse(outgoing, 502));
  });
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    handOnSocket(incoming, socket, head, upstreams, upstreams.inTurn());
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

async function handOn(
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
      // What was sent may have been done: only what cannot have arrived, or changes nothing, is sent once more.
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
    // Node adds no length to the body of a GET, and the gateway would read such a body as the next request of the connection.
    const length = body.length > 0 && { 'content-length': body.length };
    const sent = ask({ hostname, port, method, path: url, headers: { ...forwarded(incoming), ...length }, agent });
    sent.on('response', resolve).on('error', reject);
    sent.end(body);
  });
}

/** The client's headers for a gateway, without those of this connection, and with the front's word for whose they are. */
function forwarded({ headers, socket }: IncomingMessage): OutgoingHttpHeaders {
  const dropped = new Set([...HOP_BY_HOP, ...namedBy(headers.connection)]);
  const passed = Object.entries(headers).filter(([name]) => !dropped.has(name) && !OF_PROXIES.test(name));
  return { ...Object.fromEntries(passed), 'x-forwarded-for': socket.remoteAddress ?? '' };
}

/** The headers that a `Connection` header names (RFC 9110, section 7.6.1); a request keeps its host and its length. */
function namedBy(connection = ''): string[] {
  const names = connection.split(',').map((each) => each.trim().toLowerCase());
  return names.filter((name) => name !== 'host' && name !== 'content-length');
}

/**
 * A socket is a pipe from the upgrade on; when either end goes, so does the other.
 * The gateways are tried one after the other: nothing is lost with one that breaks off before the upgrade.
 */
function handOnSocket(
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  upstreams: Upstreams,
  [upstream, ...others]: readonly Upstream[],
): void {
  if (!upstream) return void client.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
  const { method, url } = incoming;
  // An upgrade is of one connection too: the front asks for its own.
  const handed = { ...forwarded(incoming), connection: 'Upgrade', upgrade: 'websocket' };
  const sent = ask({ hostname: upstream.hostname, port: upstream.port, method, path: url, headers: handed });
  const tryNext = () => {
    upstreams.eject(upstream);
    handOnSocket(incoming, client, head, upstreams, others);
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
    if (answer.statusCode === 503) return tryNext(); // it closes
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
  outgoing.end(JSON.stringify({ type: 'about:blank', title: 'No gateway answers', status }));
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
