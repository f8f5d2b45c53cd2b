import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { TOO_MANY_CONNECTIONS, type AdmitsConnection } from '../http/connection-guard.ts';
import { hasTwoHosts, originForm } from '../http/request-target.ts';
import type { Rounds } from './connections/rounds.ts';
import { GATEWAY_STOPS, SUBPROTOCOL_NOT_ACCEPTABLE } from './websocket/close-reasons.ts';
import { SocketSession, type SocketSessionParts } from './websocket/socket-session.ts';

/** What sockets need. */
export interface SocketServerParts extends SocketSessionParts {
  readonly rounds: Rounds;
  readonly maxMessageBytes: number;
  /** Of who opens a socket: behind a proxy it is not the connection's. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the page that opens a socket may. */
  readonly allowsOrigin: (request: IncomingMessage) => boolean;
  /** Whether the client that opens a socket has not used up its connections. */
  readonly admits: AdmitsConnection;
}

/** What a running socket server can be told. */
export interface SocketServer {
  /** Closes every socket with 1001, and ends what it had subscribed to. */
  close(): Promise<void>;
}

const SUBPROTOCOL = 'graphql-transport-ws';
/** A socket that does not answer our close is cut after this. */
const CLOSE_PATIENCE_MS = 3000;

/** With or without a slash at the end, as over HTTP. */
const PATH = /^\/graphql\/?(\?|$)/;

type Decide = (allowed: boolean, status?: number, body?: string, headers?: Readonly<Record<string, string>>) => void;

/** Written as ws writes it: under any other case the response would have two content types. */
const PROBLEM = { 'Content-Type': 'application/problem+json' };
/** Before there is a socket, as over HTTP: a page cannot read it, who debugs it can. */
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
  /** A request that is not handled is answered with 400. */
  override shouldHandle(request: IncomingMessage): boolean {
    return PATH.test(originForm(request)) && !hasTwoHosts(request);
  }
}

/** Serves graphql-transport-ws on the path `/graphql` of the server. */
export function serveSockets(server: Server, parts: SocketServerParts): SocketServer {
  const sessions = new Set<SocketSession>();
  const options = {
    server,
    maxPayload: parts.maxMessageBytes, // ws closes with 1009
    perMessageDeflate: false, // answers are small, and a compressor would cost each socket its own copy of them
    handleProtocols: chosenProtocol,
    verifyClient: ({ req }: { readonly req: IncomingMessage }, decide: Decide) => {
      if (!parts.allowsOrigin(req)) return refuse(decide, FOREIGN_ORIGIN);
      return parts.admits(req, req.socket) ? decide(true) : refuse(decide, NO_CONNECTION_LEFT);
    },
    closeTimeout: CLOSE_PATIENCE_MS,
  };
  const sockets = new GraphqlSockets(options);
  // The HTTP server's, that it cannot listen: who started it hears of that there.
  sockets.on('error', () => undefined);
  sockets.on('connection', (webSocket, request) => accept(webSocket, request, parts, sessions));
  return {
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.close(GATEWAY_STOPS);
        sockets.close(() => resolve());
      }),
  };
}

/** One that we cannot speak is taken too: the client then reads in the close code what is wrong. */
function chosenProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(SUBPROTOCOL)) return SUBPROTOCOL;
  const [first] = offered;
  return first ?? false;
}

function accept(
  webSocket: WebSocket,
  request: IncomingMessage,
  parts: SocketServerParts,
  sessions: Set<SocketSession>,
): void {
  webSocket.on('error', () => undefined); // ws closes it by itself, with the code that says what was wrong
  if (webSocket.protocol !== SUBPROTOCOL) {
    return webSocket.close(SUBPROTOCOL_NOT_ACCEPTABLE.code, SUBPROTOCOL_NOT_ACCEPTABLE.reason);
  }
  const { headers, socket: connection } = request;
  const session = new SocketSession({ webSocket, connection, headers, address: parts.addressOf(request) }, parts);
  sessions.add(session);
  parts.rounds.add(session);
  parts.counts.sockets += 1;
  // No fragments and no array buffers: ws gives whole messages, as `nodebuffer`.
  webSocket.on('message', (data: Buffer, isBinary) => session.receive(data, isBinary));
  webSocket.on('pong', () => session.heard());
  webSocket.on('close', () => {
    session.closed();
    sessions.delete(session);
    parts.rounds.delete(session);
    parts.counts.sockets -= 1;
  });
}

function refuse(decide: Decide, problem: typeof FOREIGN_ORIGIN): void {
  decide(false, problem.status, JSON.stringify({ type: 'about:blank', ...problem }), PROBLEM);
}
