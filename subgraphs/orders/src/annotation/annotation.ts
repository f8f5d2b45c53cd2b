import { failure, type Failure } from '@souk/kit/domain';

/** The highest number of notes about an order. */
export const MAX_NOTES = 200;

/** Returned when an order has the maximum number of notes. */
export function tooManyNotes(): Failure<'ORDER_NOTE_LIMIT_REACHED'> {
  return failure('ORDER_NOTE_LIMIT_REACHED', `An order has at most ${MAX_NOTES} notes; delete one that is outdated`, [
    'orderId',
  ]);
}

/** Returned when the tenant has no note with this id. */
export function noteNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such note; read the order again', ['noteId']);
}
