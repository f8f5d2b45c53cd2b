import type { RequestContext } from '@souk/kit/context';
import type { DocumentNode, OperationTypeNode } from 'graphql';
import type { PlannedOperation, PreparedOperation } from './prepared-operation.ts';

/** An operation of a client. The document is valid for the API schema. */
export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

/** An operation that has passed validation and planning. */
export interface ReadyOperation {
  readonly request: OperationRequest;
  readonly kind: OperationTypeNode;
  /** The part that is the same for every request. All requests share the same object. */
  readonly prepared: PreparedOperation;
  readonly planned: PlannedOperation;
  /**
   * The variables as coerced values with defaults, for use in the gateway. Subgraphs get the variables as the client
   * sent them.
   */
  readonly coerced: Readonly<Record<string, unknown>>;
}
