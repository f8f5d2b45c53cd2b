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
import { isUnexpected, presentErrors } from './presented-errors.ts';
import { executeAndReport } from '@souk/kit/results';
import { serveSubscriptions } from './subgraph-sockets.ts';
import { endSilentConnections } from './silent-connections.ts';

/** The schema, keys and limits of a subgraph's server. */
export interface SubgraphServerOptions {
  readonly schema: GraphQLSchema;
  readonly verifier: ContextVerifier;
  readonly logger: Logger;
  /** Records the duration of each operation under the name of the operation's first root field. */
  readonly times: RequestTimes;
  /** The maximum number of open sockets. @default 512 */
  readonly maxSockets?: number;
}

/** The maximum size of a request body. A request for entities contains the keys of every entity in a response, so it can be large. */
const BODY_BYTES = 16 * 1024 * 1024;

/**
 * How long an idle connection stays open, in ms. The gateway closes idle connections earlier, so it never sends a request on a connection
 * that this server is closing.
 */
const KEEP_ALIVE_MS = 75_000;

const operationRequest = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** The media type of responses (GraphQL over HTTP, section "Media Types"). */
const GRAPHQL_JSON = 'application/graphql-response+json; charset=utf-8';

/**
 * Creates a subgraph's server for the gateway. It serves `/graphql` by POST and, for subscriptions, over graphql-transport-ws. Every
 * operation needs a context that the gateway signed for this subgraph. The server does not listen yet. `close()` finishes the running
 * operations.
 */
export function createSubgraphServer(options: SubgraphServerOptions): FastifyInstance {
  const { schema, verifier, logger, maxSockets } = options;
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    childLoggerFactory: (parent) => parent, // log lines carry the request id themselves
    logController: new LogController({ disableRequestLogging: true }),
    keepAliveTimeout: KEEP_ALIVE_MS,
    bodyLimit: BODY_BYTES,
    // A JSON scalar may contain any key, even `__proto__`. That is safe, because the server never copies members by key.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // Requests on open connections are still answered while the server closes.
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
  if (!body.success)
    return reply
      .code(400)
      .send(
        problem(
          400,
          'The body is not a GraphQL request: send JSON with "query", and optionally "operationName" and "variables"',
        ),
      );
  const read = operations.read(body.data, context);
  void reply.type(GRAPHQL_JSON);
  if (!read.ok) return reply.code(400).send({ errors: read.error });
  const { data, errors, extensions } = await executeAndReport(read.value);
  const outcome = errors ? (errors.some(isUnexpected) ? 'error' : 'refused') : 'ok';
  times.observe(rootFieldOf(read.value), (performance.now() - startedMs) / 1000, outcome);
  if (!errors) return reply.send(JSON.stringify({ data, extensions }));
  return reply.send(JSON.stringify({ data, errors: presentErrors(errors, { context, logger }), extensions }));
}

/** Refuses a request with an HTTP error instead of a GraphQL result. The gateway made the mistake, so clients do not receive the reason. */
function refuse(reply: FastifyReply, reason: ContextProblem): FastifyReply {
  return reply.code(401).type('application/problem+json').send(problem(401, REASONS[reason]));
}

const REASONS: Readonly<Record<ContextProblem, string>> = {
  MISSING: 'The request has no signed context: only the gateway may call a subgraph',
  INVALID:
    'The signed context is from an unknown key or for another subgraph: compare the key files of gateway and subgraph',
  EXPIRED: 'The signed context has expired: compare the clocks of gateway and subgraph',
};

function problem(status: number, detail: string) {
  return { type: 'about:blank', title: 'Refused', status, detail };
}
