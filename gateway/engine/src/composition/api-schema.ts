import { Supergraph } from '@apollo/federation-internals';
import { parse, type GraphQLSchema } from 'graphql';
import { withOneOfDefinition } from './one-of.ts';

/**
 * The schema that clients of a supergraph see, for tools that check operations or describe the API. The schema has no
 * resolvers.
 * @throws GraphQLError when the SDL is not a supergraph
 */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  const document = withOneOfDefinition(parse(supergraphSdl));
  const supergraph = Supergraph.build(document, { supportedFeatures: null, validateSupergraph: false });
  return supergraph.apiSchema().toGraphQLJSSchema();
}
