import { failure, type Failure } from '@souk/kit/domain';

/** Returned when another group of the shop has the code, in any letter case. */
export type GroupCodeTaken = Failure<'CODE_TAKEN'>;

/** Returned when a customer would belong to more than 20 groups. */
export type TooManyGroups = Failure<'TOO_MANY_GROUPS'>;

/** The maximum number of groups of a customer. The limit keeps access tokens small, because a token contains the ids of the groups. */
export const MOST_GROUPS = 20;

/** @param index the position of the customer in `customerIds` */
export function tooManyGroups(index: number): TooManyGroups {
  const message = `A customer belongs to at most ${MOST_GROUPS} groups: remove this customer from another group first`;
  return failure('TOO_MANY_GROUPS', message, ['customerIds', `${index}`]);
}
