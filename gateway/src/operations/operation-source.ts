import type { Result } from '@souk/kit/domain';
import type { GraphQLError } from 'graphql';
import type { OperationCall } from './operation-call.ts';
import type { OperationParams } from './operation-params.ts';

/** Returns the text of a client's operation, or an error when the operation is unknown or not accepted. */
export type OperationSource = (
  params: OperationParams,
  call: OperationCall,
) => Result<string, GraphQLError> | Promise<Result<string, GraphQLError>>;
