import { executeAndReport, subscribeWithPositions, withSuccesses } from '@souk/kit/results';
import type { GraphQLSchema } from 'graphql';
import { withNearestNumbers } from '../json/exact-numbers.ts';
import { DocumentCache } from '../operation/document-cache.ts';
import { CompiledDocuments } from './compiled-documents.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';

/** The maximum number of cached documents: enough for the plans of several thousand operations. */
const DOCUMENTS = 5000;

/** Options of `inProcessTransport`. */
export interface InProcessOptions {
  /** Number of uses of a query before it is compiled. @default 20 */
  readonly compileAfter?: number;
}

/**
 * A transport to a subgraph in this process. Resolvers receive the `RequestContext` as their context, and variables with the nearest
 * JavaScript numbers.
 */
export function inProcessTransport(schema: GraphQLSchema, { compileAfter }: InProcessOptions = {}): SubgraphTransport {
  const documents = new DocumentCache(schema, { capacity: DOCUMENTS });
  const compiled = new CompiledDocuments(schema, compileAfter);
  return {
    async fetch({ query, operationName, variables, context }) {
      const { document, errors } = documents.read(query);
      if (errors) return { errors };
      const call = { variableValues: withNearestNumbers(variables), contextValue: context };
      const result = await compiled.of(document)?.(call.variableValues, context);
      if (result) return withSuccesses(result, call);
      return executeAndReport({ ...call, schema, document, operationName: operationName ?? null });
    },
    async subscribe({ query, operationName, variables, context }) {
      const { document, errors } = documents.read(query);
      if (errors) return { errors };
      const call = { schema, document, operationName: operationName ?? null };
      return subscribeWithPositions({ ...call, variableValues: withNearestNumbers(variables), contextValue: context });
    },
  };
}
