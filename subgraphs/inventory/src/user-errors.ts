import { respondWith, userErrorTypes } from '@souk/kit/graphql';
import { Field, Int, ObjectType } from 'type-graphql';

/** The error codes of this subgraph's mutations, besides the codes that every subgraph has. */
const INVENTORY_ERROR_CODES = [
  'SERVICE_UNAVAILABLE',
  'CODE_TAKEN',
  'SKU_UNKNOWN',
  'STOCK_BELOW_RESERVED',
  'WAREHOUSE_HAS_RESERVATIONS',
  'WAREHOUSE_HAS_STOCK',
] as const;

/** The types of user errors: `userErrors: [errors.UserError]` in a payload, and `errors.present`. */
export const errors = userErrorTypes(INVENTORY_ERROR_CODES, { STOCK_BELOW_RESERVED: 'StockBelowReservedError' });

/** Wraps the service call of every mutation: checks the input and turns failures into `userErrors`. */
export const respond = respondWith(errors);

/** The type of the failure `STOCK_BELOW_RESERVED`. The type adds these fields to the fields of every user error. */
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

/** Classes for `orphanedTypes`: no field references these implementers of the interface. */
export const userErrorClasses = [errors.GeneralUserError, errors.VersionConflictError, StockBelowReservedError];
