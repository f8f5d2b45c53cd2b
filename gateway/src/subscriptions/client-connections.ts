import type { FastifyBaseLogger } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';
import type { AdmitsConnection } from '../http/connection-guard.ts';
import type { CallerSource } from '../identity/caller.ts';
import type { OperationPipeline } from '../operations/operation-pipeline.ts';
import type { CallerValidity } from './connections/caller-validity.ts';
import { Heartbeats } from './connections/heartbeats.ts';
import { StreamedOperations } from './connections/streamed-operations.ts';
import { noCounts, type SubscriptionCounts } from './connections/subscription-counts.ts';
import { EventStreams } from './event-streams.ts';
import { FederatedSubscriptions } from './federated-subscriptions.ts';
import type { PositionSeal } from './positions/position-seal.ts';
import { serveSockets } from './socket-server.ts';

/** Limits of sockets and event streams. */
export interface ConnectionLimits {
  readonly operationsPerSocket: number;
  /** The maximum number of answers that wait for one client. A client with more waiting answers is disconnected. */
  readonly waitingAnswers: number;
  /** The maximum size of all answers that wait for one client, in bytes. */
  readonly waitingBytes: number;
  /** The maximum time from the opening of a socket to its `connection_init`, in milliseconds. */
  readonly connectionInitMs: number;
  /** The interval of heartbeats, in milliseconds. A heartbeat is a comment on an event stream, and a ping on a socket. */
  readonly keepAliveMs: number;
}

export interface ClientConnectionsDependencies {
  readonly server: Server;
  readonly pipeline: OperationPipeline;
  readonly callers: CallerSource;
  readonly validity: CallerValidity;
  readonly limits: ConnectionLimits;
  /** Encrypts the positions that clients receive. */
  readonly seal: PositionSeal;
  readonly maxMessageBytes: number;
  /** The IP address of the client that opens a socket. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the page that opens a socket has an allowed origin. */
  readonly allowsOrigin: (request: IncomingMessage) => boolean;
  /** Whether the client that opens a socket is below its maximum number of connections. */
  readonly admits: AdmitsConnection;
  readonly logger: FastifyBaseLogger;
}

/** All sockets and event streams of a gateway. */
export interface ClientConnections {
  readonly eventStreams: EventStreams;
  counts(): SubscriptionCounts;
  close(): Promise<void>;
}

/** Serves sockets on the server's `/graphql`, and event streams for the GraphQL route. */
export function openConnections(dependencies: ClientConnectionsDependencies): ClientConnections {
  const {
    server,
    pipeline,
    callers,
    validity,
    limits,
    seal,
    maxMessageBytes,
    addressOf,
    allowsOrigin,
    admits,
    logger,
  } = dependencies;
  const subscriptions = new FederatedSubscriptions(logger, seal);
  const counts = noCounts();
  const heartbeats = new Heartbeats(limits.keepAliveMs);
  const shared = {
    operations: new StreamedOperations(pipeline, subscriptions),
    validity,
    sendQueue: { waiting: limits.waitingAnswers, waitingBytes: limits.waitingBytes },
    counts,
    heartbeats,
    onUnexpectedError: (error: unknown) =>
      logger.error(
        { err: error },
        'a socket or an event stream failed unexpectedly, it is closed and its client may connect again',
      ),
  };
  const eventStreams = new EventStreams(shared);
  const sockets = serveSockets(server, {
    ...shared,
    callers,
    maxMessageBytes,
    addressOf,
    allowsOrigin,
    admits,
    maxOperations: limits.operationsPerSocket,
    initTimeoutMs: limits.connectionInitMs,
  });
  return {
    eventStreams,
    counts: () => ({ ...counts, upstreams: subscriptions.upstreams }),
    async close() {
      heartbeats.stop();
      eventStreams.close();
      await sockets.close();
    },
  };
}
