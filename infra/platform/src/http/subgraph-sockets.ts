import type { Server } from 'node:http';
import { execute, GraphQLError, type ExecutionArgs } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { RequestContext } from '@souk/kit/context';
import type { Logger } from '@souk/kit/runtime';
import type { ContextVerifier } from './context-verifier.ts';
import type { OperationReader } from './operation-reader.ts';
import { subscribeToEvents, subscribeWithPositions } from '@souk/kit/results';
import { presentErrors } from './presented-errors.ts';
import { SocketLeases } from './socket-leases.ts';

export interface SubgraphSocketDependencies {
  readonly operations: OperationReader;
  readonly verifier: ContextVerifier;
  readonly logger: Logger;
  /**
   * The maximum number of open sockets. A further socket is refused with 503.
   * @default 512, although a gateway opens only one socket per process
   */
  readonly maxSockets?: number;
}

/** Maximum size of a message, in bytes: an operation with its variables and a signed context. */
const MESSAGE_BYTES = 1024 * 1024;
const DEFAULT_SOCKETS = 512;

/** The open sockets of a server. */
export interface SubgraphSockets {
  /** Closes each socket with 1001, after which the gateway connects to another process. Resolves when all sockets are closed. */
  close(): Promise<void>;
}

/** The extensions of a `subscribe` message. The extensions contain the signed context, because one socket serves many callers. */
const extensionsOf = z.object({
  headers: z.record(z.string(), z.string()),
  /** Whether to add the position of each event to the results. */
  resumable: z.boolean().optional(),
  /** The position after which the subscription resumes. */
  resumeAfter: z.string().optional(),
});

/** Serves graphql-transport-ws on the path `/graphql` of the server. Each `subscribe` contains its own signed context. */
export function serveSubscriptions(
  server: Server,
  { operations, verifier, logger, maxSockets = DEFAULT_SOCKETS }: SubgraphSocketDependencies,
): SubgraphSockets {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES, // ws closes with 1009
    verifyClient: (_request: object, decide: (isAdmitted: boolean, status?: number) => void) =>
      decide(sockets.clients.size < maxSockets || closeOldest(unproven), 503),
  });
  // Sockets that have not sent a valid context yet. The oldest of these sockets is closed to make room for a new socket, so an attacker
  // cannot use up all sockets.
  const unproven = new Set<WebSocket>();
  sockets.on('connection', (socket) => {
    unproven.add(socket);
    socket.on('close', () => unproven.delete(socket));
  });
  sockets.on('error', () => undefined); // listen errors; the HTTP server's caller receives them
  const presented = (errors: readonly GraphQLError[], { contextValue }: ExecutionArgs) =>
    presentErrors(errors, { context: contextValue as RequestContext, logger }); // `onSubscribe` creates the context
  const resumables = new WeakSet<ExecutionArgs>();
  const leases = new SocketLeases(verifier);
  const serving = useServer(
    {
      onConnect: ({ extra }) => ({ nonce: leases.open(extra.socket) }),
      onSubscribe: async ({ extra }, _id, { query, operationName, variables, extensions }) => {
        const given = extensionsOf.safeParse(extensions);
        const { headers = {}, resumable = false, resumeAfter } = given.data ?? {};
        const context = await verifier.contextOf(headers);
        if (!context.ok) return [refused(context.error)];
        unproven.delete(extra.socket);
        leases.limit(extra.socket, (await verifier.expiryMs(headers)) ?? 0);
        const read = operations.read(
          { query, operationName, variables },
          { ...context.value, ...(resumeAfter !== undefined && { resumeAfter }) },
        );
        if (read.ok && resumable) resumables.add(read.value);
        return read.ok ? read.value : read.error;
      },
      execute,
      subscribe: (args: ExecutionArgs) =>
        resumables.has(args) ? subscribeWithPositions(args) : subscribeToEvents(args),
      onNext: (_socket, _id, _payload, args, { data, errors, extensions }) =>
        errors && {
          ...(data !== undefined && { data }),
          errors: presented(errors, args),
          ...(extensions && { extensions }),
        },
    },
    sockets,
  );
  return {
    async close() {
      leases.stop();
      await serving.dispose();
    },
  };
}

/** Closes the socket that has been open longest. @returns whether a socket was open */
function closeOldest(sockets: Set<WebSocket>): boolean {
  const [oldest] = sockets;
  if (!oldest) return false;
  sockets.delete(oldest);
  oldest.terminate();
  return true;
}

/**
 * Creates an error with the code of an unexpected error. The gateway then tries another process or logs the error, and hides the reason
 * from the client.
 */
function refused(reason: string): GraphQLError {
  return new GraphQLError(
    `Subscription refused, signed context ${reason}: compare keys and clocks of gateway and subgraph`,
    {
      extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'CONTEXT_REFUSED' },
    },
  );
}
