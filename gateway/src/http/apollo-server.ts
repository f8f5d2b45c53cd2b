import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { RequestContext } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';
import type { OperationExecutor } from '../execution/operation-executor.ts';
import type { LoadedSupergraph } from '../execution/supergraph.ts';

/** What Apollo Server needs from the gateway. */
export interface ApolloServerParts {
  readonly supergraph: LoadedSupergraph;
  readonly operations: OperationExecutor;
  readonly logger: FastifyBaseLogger;
  readonly introspection: boolean;
  readonly maxTokens: number;
}

/**
 * Apollo Server for what it knows best: GraphQL over HTTP, CSRF prevention, and a cache of parsed and valid documents.
 * Execution is ours, so nothing of it is reported anywhere. Started, not yet listening.
 */
export async function startApolloServer(parts: ApolloServerParts): Promise<ApolloServer<RequestContext>> {
  const server = new ApolloServer<RequestContext>({
    gateway: asGateway(parts),
    logger: parts.logger,
    introspection: parts.introspection,
    hideSchemaDetailsFromClientErrors: !parts.introspection,
    parseOptions: { maxTokens: parts.maxTokens },
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false, // whoever started the process stops it
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}

function asGateway({
  supergraph,
  operations,
}: ApolloServerParts): ApolloServerOptionsWithGateway<RequestContext>['gateway'] {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
      return () => undefined; // it never changes while the process runs
    },
    load: async () => ({
      executor: ({ document, request, context }) =>
        operations.execute({
          document,
          operationName: request.operationName,
          variables: request.variables ?? {},
          // Apollo Server types the gateway's context as any record; it is the server's own.
          context: context as unknown as RequestContext,
        }),
    }),
    stop: async () => undefined,
  };
}
