import type { RequestContext } from '@souk/kit/context';
import type { DocumentNode, OperationTypeNode } from 'graphql';
import type { PlannedOperation, PreparedOperation } from './prepared-operation.ts';

/** An operation that a client sent. The document is valid for the API schema. */
export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

/** An operation with all that it takes to run it. */
export interface ReadyOperation {
  readonly request: OperationRequest;
  readonly kind: OperationTypeNode;
  /** What of it is the same for every request; the same object each time. */
  readonly prepared: PreparedOperation;
  readonly planned: PlannedOperation;
  /** The variables with their defaults, as the gateway itself needs them; the subgraphs get them as they came. */
  readonly coerced: Readonly<Record<string, unknown>>;
}
