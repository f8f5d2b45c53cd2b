import { respondWith, userErrorTypes } from '@souk/kit/graphql';
import { Field, Int, ObjectType } from 'type-graphql';

/** The error codes that only mutations of this subgraph return. */
const INVENTORY_ERROR_CODES = [
  'SERVICE_UNAVAILABLE',
  'CODE_TAKEN',
  'SKU_UNKNOWN',
  'STOCK_BELOW_RESERVED',
  'WAREHOUSE_HAS_RESERVATIONS',
  'WAREHOUSE_HAS_STOCK',
] as const;

/** The GraphQL types of user errors. A payload uses `errors.UserError`, and `errors.present` converts a failure. */
export const errors = userErrorTypes(INVENTORY_ERROR_CODES, { STOCK_BELOW_RESERVED: 'StockBelowReservedError' });

/** Runs the service call of a mutation: checks the input first, and converts failures to `userErrors`. */
export const respond = respondWith(errors);

/** The user error STOCK_BELOW_RESERVED, with the current quantities. */
@ObjectType('StockBelowReservedError', {
  implements: errors.UserError,
  simpleResolvers: true,
  description: 'Returned when a change would leave fewer units than are reserved for orders.',
})
class StockBelowReservedError extends errors.UserError {
  @Field(() => Int, { description: 'Units in the warehouse now.' })
  onHand!: number;

  @Field(() => Int, { description: 'Units reserved for orders now. `onHand` cannot go below this number.' })
  reserved!: number;
}

/** Classes for `orphanedTypes`. No field of the schema references these implementations of the interface `UserError`. */
export const userErrorClasses = [errors.GeneralUserError, errors.VersionConflictError, StockBelowReservedError];
