// This import must be the first import. The decorators below, and the decorators of every subgraph, need the metadata
// API that this library adds to `Reflect`.
import 'reflect-metadata';

export * from './audited.types.ts';
export * from './connection.types.ts';
export * from './federated-schema.ts';
export * from './inputs.ts';
export * from './money.types.ts';
export { nodeIdOf, nodeOfId, NodeType } from './node.types.ts';
export * from './page-loader.ts';
export * from './postal-address.presenter.ts';
export * from './postal-address.types.ts';
export * from './query-result.ts';
export * from './request-loader.ts';
export * from './respond.ts';
export * from './scalars.ts';
export * from './user-error.types.ts';
export { enumOf } from './enum-of.ts';
