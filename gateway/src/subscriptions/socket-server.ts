import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { TOO_MANY_CONNECTIONS, type AdmitsConnection } from '../http/connection-guard.ts';
import { hasTwoHosts, originForm } from '../http/request-target.ts';
import type { Heartbeats } from './connections/heartbeats.ts';
import { GATEWAY_STOPS, SUBPROTOCOL_NOT_ACCEPTABLE } from './websocket/close-reasons.ts';
import { SocketSession, type SocketSessionDependencies } from './websocket/socket-session.ts';

export interface SocketServerDependencies extends SocketSessionDependencies {
  readonly heartbeats: Heartbeats;
  readonly maxMessageBytes: number;
  /** The IP address of the client that opens a socket. Behind a proxy the client's address differs from the connection's address. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the page that opens a socket has an allowed origin. */
  readonly allowsOrigin: (request: IncomingMessage) => boolean;
  /** Whether the client that opens a socket is below its maximum number of connections. */
  readonly admits: AdmitsConnection;
}

/** A WebSocket server that is attached to an HTTP server. */
export interface SocketServer {
  /** Closes every socket with 1001, and ends its subscriptions. */
  close(): Promise<void>;
}

const SUBPROTOCOL = 'graphql-transport-ws';
/** How long a client may take to answer a close frame before the connection is destroyed, in milliseconds. */
const CLOSE_PATIENCE_MS = 3000;

/** The path of sockets. A trailing slash is optional, as over HTTP. */
const PATH = /^\/graphql\/?(\?|$)/;

type Decide = (allowed: boolean, status?: number, body?: string, headers?: Readonly<Record<string, string>>) => void;

/**
 * The content type of a refusal. The name is in ws's own spelling, because with another spelling the response would have two content types.
 */
const PROBLEM = { 'Content-Type': 'application/problem+json' };
/**
 * The body of the response to a page of a foreign origin. The page cannot read the body. The body is for developers who
 * inspect the response.
 */
const FOREIGN_ORIGIN = {
  title: 'Forbidden',
  status: 403,
  detail: 'Pages of this origin may not open sockets here: list it in SOUK_CORS_ORIGINS',
  code: 'ORIGIN_NOT_ALLOWED',
};
const NO_CONNECTION_LEFT = {
  title: 'Too Many Requests',
  status: 429,
  detail: TOO_MANY_CONNECTIONS,
  code: 'TOO_MANY_CONNECTIONS',
};

class GraphqlSockets extends WebSocketServer {
  /** Whether the server handles the request. `ws` answers all other requests with 400. */
  override shouldHandle(request: IncomingMessage): boolean {
    return PATH.test(originForm(request)) && !hasTwoHosts(request);
  }
}

/** Serves graphql-transport-ws on the path `/graphql` of the server. */
export function serveSockets(server: Server, dependencies: SocketServerDependencies): SocketServer {
  const sessions = new Set<SocketSession>();
  const options = {
    server,
    maxPayload: dependencies.maxMessageBytes, // ws closes with 1009
    perMessageDeflate: false, // answers are small, and a compressor would cost each socket its own copy of them
    handleProtocols: chosenProtocol,
    verifyClient: ({ req }: { readonly req: IncomingMessage }, decide: Decide) => {
      if (!dependencies.allowsOrigin(req)) return refuse(decide, FOREIGN_ORIGIN);
      return dependencies.admits(req, req.socket) ? decide(true) : refuse(decide, NO_CONNECTION_LEFT);
    },
    closeTimeout: CLOSE_PATIENCE_MS,
  };
  const sockets = new GraphqlSockets(options);
  // `ws` repeats the HTTP server's errors here, for instance of `listen`. The code that started the server handles them.
  sockets.on('error', () => undefined);
  sockets.on('connection', (webSocket, request) => accept(webSocket, request, dependencies, sessions));
  return {
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.close(GATEWAY_STOPS);
        sockets.close(() => resolve());
      }),
  };
}

/**
 * The subprotocol for a socket. An unsupported subprotocol is accepted as well, because the client can then read the reason in the close
 * code.
 */
function chosenProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(SUBPROTOCOL)) return SUBPROTOCOL;
  const [first] = offered;
  return first ?? false;
}

function accept(
  webSocket: WebSocket,
  request: IncomingMessage,
  dependencies: SocketServerDependencies,
  sessions: Set<SocketSession>,
): void {
  webSocket.on('error', () => undefined); // ws closes the socket with the right code
  if (webSocket.protocol !== SUBPROTOCOL) {
    return webSocket.close(SUBPROTOCOL_NOT_ACCEPTABLE.code, SUBPROTOCOL_NOT_ACCEPTABLE.reason);
  }
  const { headers, socket: connection } = request;
  const session = new SocketSession(
    { webSocket, connection, headers, address: dependencies.addressOf(request) },
    dependencies,
  );
  sessions.add(session);
  dependencies.heartbeats.add(session);
  dependencies.counts.sockets += 1;
  // With the default `binaryType` (`nodebuffer`) ws delivers each message as one Buffer.
  webSocket.on('message', (data: Buffer, isBinary) => session.receive(data, isBinary));
  webSocket.on('pong', () => session.pongReceived());
  webSocket.on('close', () => {
    session.closed();
    sessions.delete(session);
    dependencies.heartbeats.delete(session);
    dependencies.counts.sockets -= 1;
  });
}

function refuse(decide: Decide, problem: typeof FOREIGN_ORIGIN): void {
  decide(false, problem.status, JSON.stringify({ type: 'about:blank', ...problem }), PROBLEM);
}
