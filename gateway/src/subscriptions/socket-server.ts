import type { ConnectionInitMessage, Context } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Caller } from '../identity/caller.ts';
import type { Callers } from '../identity/callers.ts';
import { claimsOfSocket, closeOf } from './socket-caller.ts';
import { SocketOperations, type SocketOperationsParts } from './socket-operations.ts';

/** What sockets need. */
export interface SocketServerParts extends SocketOperationsParts {
  readonly callers: Callers;
  readonly maxMessageBytes: number;
}

/** What a running socket server can be told. */
export interface SocketServer {
  /** Closes every socket with 1001, and ends what it had subscribed to. */
  close(): Promise<void>;
}

type InitPayload = ConnectionInitMessage['payload'];
/** `caller` is who is at the other end, once `connection_init` was accepted. */
type Socket = Context<InitPayload, Extra & { caller?: Caller }>;

/** A socket that does not answer our close is cut after this. */
const CLOSE_PATIENCE_MS = 3000;
/** `setTimeout` takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const TOKEN_EXPIRED = 'UNAUTHENTICATED: The access token has expired: connect again with a new one';

/** Serves graphql-transport-ws on the path `/graphql` of the server. */
export function serveSockets(server: Server, parts: SocketServerParts): SocketServer {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: parts.maxMessageBytes });
  const operations = new SocketOperations(parts);
  const disposable = useServer<InitPayload, { caller: Caller }>(
    {
      isProd: true, // or it would tell clients what went wrong inside
      onConnect: (socket) => admit(socket, parts.callers),
      onSubscribe: ({ extra, subscriptions }, _id, payload) =>
        operations.read(payload, {
          caller: extra.caller,
          address: extra.request.socket.remoteAddress ?? '',
          open: Object.keys(subscriptions).length,
        }),
      subscribe: (args) => operations.subscribe(args),
      execute: (args) => operations.execute(args),
    },
    sockets,
  );
  return {
    async close() {
      const cut = setTimeout(() => sockets.clients.forEach((client) => client.terminate()), CLOSE_PATIENCE_MS);
      await disposable.dispose();
      clearTimeout(cut);
    },
  };
}

/** A socket lives no longer than the token it was opened with. */
async function admit({ extra, connectionParams }: Socket, callers: Callers): Promise<boolean> {
  const { socket, request } = extra;
  const caller = await callers.identify(claimsOfSocket(request.headers, connectionParams));
  if (!caller.ok) {
    const { code, reason } = closeOf(caller.error);
    socket.close(code, reason);
    return false;
  }
  extra.caller = caller.value;
  if (caller.value.expiresAt) closeAt(socket, caller.value.expiresAt);
  return true;
}

function closeAt(socket: Extra['socket'], time: Date): void {
  const leftMs = Math.min(time.getTime() - Date.now(), LONGEST_TIMER_MS);
  const timer = setTimeout(() => socket.close(4401, TOKEN_EXPIRED), leftMs);
  socket.once('close', () => clearTimeout(timer));
}
