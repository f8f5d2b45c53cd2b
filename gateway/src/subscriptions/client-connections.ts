import type { FastifyBaseLogger } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';
import type { AdmitsConnection } from '../http/connection-guard.ts';
import type { CallerSource } from '../identity/caller.ts';
import type { OperationPipeline } from '../operations/operation-pipeline.ts';
import type { CallerValidity } from './connections/caller-validity.ts';
import { Rounds } from './connections/rounds.ts';
import { StreamedOperations } from './connections/streamed-operations.ts';
import { noCounts, type SubscriptionCounts } from './connections/subscription-counts.ts';
import { EventStreams } from './event-streams.ts';
import { FederatedSubscriptions } from './federated-subscriptions.ts';
import type { PositionSeal } from './positions/position-seal.ts';
import { serveSockets } from './socket-server.ts';

/** How much a connection that stays open may cost. */
export interface ConnectionLimits {
  readonly operationsPerSocket: number;
  /** Answers that may wait for one client, which is dropped when there are more. */
  readonly waitingAnswers: number;
  /** Of all answers that wait for one client together. */
  readonly waitingBytes: number;
  /** How long a socket may take until it sends `connection_init`. */
  readonly connectionInitMs: number;
  /** How often a connection is shown that we are there, and a socket asked whether it is. */
  readonly keepAliveMs: number;
}

/** What connections need. */
export interface ClientConnectionsParts {
  readonly server: Server;
  readonly pipeline: OperationPipeline;
  readonly callers: CallerSource;
  readonly validity: CallerValidity;
  readonly limits: ConnectionLimits;
  /** Of the positions that clients get. */
  readonly seal: PositionSeal;
  readonly maxMessageBytes: number;
  /** Of who opens a socket. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the page that opens a socket may. */
  readonly allowsOrigin: (request: IncomingMessage) => boolean;
  /** Whether the client that opens a socket has not used up its connections. */
  readonly admits: AdmitsConnection;
  readonly logger: FastifyBaseLogger;
}

/** All connections that stay open: sockets and event streams. */
export interface ClientConnections {
  readonly eventStreams: EventStreams;
  counts(): SubscriptionCounts;
  /** Ends all of them, and what they had subscribed to. */
  close(): Promise<void>;
}

/** Serves sockets on the server's `/graphql`, and event streams where the route asks for them. */
export function openConnections(parts: ClientConnectionsParts): ClientConnections {
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
  } = parts;
  const subscriptions = new FederatedSubscriptions(logger, seal);
  const counts = noCounts();
  const rounds = new Rounds(limits.keepAliveMs);
  const shared = {
    operations: new StreamedOperations(pipeline, subscriptions),
    validity,
    outbox: { waiting: limits.waitingAnswers, waitingBytes: limits.waitingBytes },
    counts,
    rounds,
    onSurprise: (error: unknown) => logger.error({ err: error }, 'a socket or an event stream failed unexpectedly'),
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
      rounds.stop();
      eventStreams.close();
      await sockets.close();
    },
  };
}
