import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import type { RequestContext } from '@souk/kit/context';
import type { RequestTimes } from '../metrics/index.ts';
import type { Logger } from '@souk/kit/runtime';
import type { ContextProblem, ContextVerifier } from './context-verifier.ts';
import { OperationReader, rootFieldOf } from './operation-reader.ts';
import { isSurprise, presentErrors } from './presented-errors.ts';
import { executeAndReport } from '@souk/kit/results';
import { serveSubscriptions } from './subgraph-sockets.ts';
import { endSilentConnections } from './silent-connections.ts';

/** What a subgraph is served with. */
export interface SubgraphServerOptions {
  readonly schema: GraphQLSchema;
  readonly verifier: ContextVerifier;
  readonly logger: Logger;
  /** Told how long each operation took, under its root field. */
  readonly times: RequestTimes;
  /** Sockets that are open at the same time. @default 512 */
  readonly maxSockets?: number;
}

/** Of representations the gateway sends as many as an answer holds. */
const BODY_BYTES = 16 * 1024 * 1024;

/** Longer than callers keep a connection that does nothing: they end it, so that no request meets one that just closed. */
const KEEP_ALIVE_MS = 75_000;

const operationRequest = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** GraphQL over HTTP, section "Media Types". */
const GRAPHQL_JSON = 'application/graphql-response+json; charset=utf-8';

/**
 * A subgraph as the gateway calls it: `/graphql` by POST and, for subscriptions, over graphql-transport-ws. Nothing runs without a
 * context that the gateway signed for this subgraph. It does not listen yet; `close()` finishes what is under way.
 */
export function createSubgraphServer(options: SubgraphServerOptions): FastifyInstance {
  const { schema, verifier, logger, maxSockets } = options;
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    childLoggerFactory: (parent) => parent, // what is logged names its request itself
    logController: new LogController({ disableRequestLogging: true }),
    keepAliveTimeout: KEEP_ALIVE_MS,
    bodyLimit: BODY_BYTES,
    // A JSON scalar may hold any name; nobody here copies members by it.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // While it closes, requests that came over an open connection are still answered.
    return503OnClosing: false,
  });
  const operations = new OperationReader(schema);
  app.post('/graphql', async (request, reply) => {
    const context = await verifier.contextOf(request.headers);
    if (!context.ok) return refuse(reply, context.error);
    return answer(operations, options, request, reply, context.value);
  });
  const sockets = serveSubscriptions(app.server, {
    operations,
    verifier,
    logger,
    ...(maxSockets !== undefined && { maxSockets }),
  });
  app.addHook('preClose', () => sockets.close());
  endSilentConnections(app);
  return app;
}

async function answer(
  operations: OperationReader,
  { logger, times }: SubgraphServerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  context: RequestContext,
): Promise<FastifyReply> {
  const startedMs = performance.now();
  const body = operationRequest.safeParse(request.body);
  if (!body.success) return reply.code(400).send(problem(400, 'The body is no GraphQL request'));
  const read = operations.read(body.data, context);
  void reply.type(GRAPHQL_JSON);
  if (!read.ok) return reply.code(400).send({ errors: read.error });
  const { data, errors, extensions } = await executeAndReport(read.value);
  const outcome = errors ? (errors.some(isSurprise) ? 'error' : 'refused') : 'ok';
  times.observe(rootFieldOf(read.value), (performance.now() - startedMs) / 1000, outcome);
  if (!errors) return reply.send(JSON.stringify({ data, extensions }));
  return reply.send(JSON.stringify({ data, errors: presentErrors(errors, { context, logger }), extensions }));
}

/** No GraphQL result: it is the gateway that is wrong, not what its client asked, and its client must not be told of it. */
function refuse(reply: FastifyReply, reason: ContextProblem): FastifyReply {
  return reply.code(401).type('application/problem+json').send(problem(401, REASONS[reason]));
}

const REASONS: Readonly<Record<ContextProblem, string>> = {
  MISSING: 'Only the gateway may ask: there is no signed context',
  INVALID: 'The signed context is of another key, or for another subgraph',
  EXPIRED: 'The signed context has expired: compare the clocks',
};

function problem(status: number, detail: string) {
  return { type: 'about:blank', title: 'Refused', status, detail };
}
