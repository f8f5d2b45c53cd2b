import { err, ok, type Result } from '@souk/kit/domain';
import { GraphQLError } from 'graphql';
import type { OperationCall } from './operation-call.ts';
import type { OperationParams } from './operation-params.ts';

/** Finds the text of the operation that a client means. */
export type OperationSource = (
  params: OperationParams,
  call: OperationCall,
) => Result<string, GraphQLError> | Promise<Result<string, GraphQLError>>;

/** Takes texts alone. */
export const textsOnly: OperationSource = ({ query }) =>
  query === null || query === ''
    ? err(
        new GraphQLError('Send the operation as `query`: the body has none', {
          extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
        }),
      )
    : ok(query);
