export { apiSchemaOf } from './api-schema.ts';
export { composeSupergraph, CompositionError, type SubgraphSchema } from './compose-supergraph.ts';
export { readSupergraphFile } from './supergraph-file.ts';
