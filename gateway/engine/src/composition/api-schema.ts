import { Supergraph } from '@apollo/federation-internals';
import { parse, type GraphQLSchema } from 'graphql';
import { withOneOfDefinition } from './one-of.ts';

/**
 * What clients see of a supergraph: for tools that check operations or describe the API. It runs nothing.
 * @throws GraphQLError when the text is no supergraph.
 */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  const document = withOneOfDefinition(parse(supergraphSdl));
  const supergraph = Supergraph.build(document, { supportedFeatures: null, validateSupergraph: false });
  return supergraph.apiSchema().toGraphQLJSSchema();
}
