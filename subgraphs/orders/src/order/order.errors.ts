import { failure, type Failure } from '@souk/kit/domain';

/** Returned when there is no order with this id, or not in this tenant. */
export function orderNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such order', ['orderId']);
}
