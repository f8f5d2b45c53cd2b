export { apiSchemaOf } from './api-schema.ts';
export { composeSupergraph, CompositionError, type SubgraphSchema } from './compose-supergraph.ts';
export { keptSupergraph } from './kept-supergraph.ts';
export { readSupergraphFile, schemaFiles } from './supergraph-file.ts';
