import { failure, type Failure } from '@souk/kit/domain';

/** Returned when the tenant has no order with this id. */
export function orderNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such order', ['orderId']);
}
