import { executeAndReport, subscribeWithPositions } from '@souk/kit/results';
import type { GraphQLSchema } from 'graphql';
import { withNearestNumbers } from '../json/exact-numbers.ts';
import { DocumentCache } from '../operation/document-cache.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';

/** The maximum number of cached documents: enough for the plans of several thousand operations. */
const DOCUMENTS = 5000;

/**
 * A subgraph in this process. Its resolvers get the `RequestContext` as their context, and numbers become the nearest JavaScript numbers.
 */
export function inProcessTransport(schema: GraphQLSchema): SubgraphTransport {
  const documents = new DocumentCache(schema, { capacity: DOCUMENTS });
  return {
    async fetch({ query, operationName, variables, context }) {
      const { document, errors } = documents.read(query);
      if (errors) return { errors };
      const call = { schema, document, operationName: operationName ?? null };
      return executeAndReport({ ...call, variableValues: withNearestNumbers(variables), contextValue: context });
    },
    async subscribe({ query, operationName, variables, context }) {
      const { document, errors } = documents.read(query);
      if (errors) return { errors };
      const call = { schema, document, operationName: operationName ?? null };
      return subscribeWithPositions({ ...call, variableValues: withNearestNumbers(variables), contextValue: context });
    },
  };
}
