import { presentMoney, MoneyType, respondWith, userErrorTypes } from '@souk/kit/graphql';
import type { Failure, Money } from '@souk/kit/domain';
import { Field, ObjectType, type ClassType } from 'type-graphql';

const TYPED = {
  CAPTURE_EXCEEDS_AUTHORIZED: 'AmountExceedsRemainingError',
  REFUND_EXCEEDS_CAPTURED: 'AmountExceedsRemainingError',
};
const errors = userErrorTypes(
  [
    'PAYMENT_NOT_ALLOWED',
    'PROVIDER_UNAVAILABLE',
    'WEBHOOK_SIGNATURE_INVALID',
    'WEBHOOK_MALFORMED',
    ...Object.keys(TYPED),
  ],
  TYPED,
);

export const { UserError } = errors;

@ObjectType('AmountExceedsRemainingError', {
  implements: errors.UserError,
  simpleResolvers: true,
  description: 'Returned when a capture or refund exceeds the amount that can still be captured or refunded.',
})
class AmountExceedsRemainingError extends errors.UserError {
  @Field(() => MoneyType, { description: 'The remaining amount.' })
  remaining!: MoneyType;
}

/** Classes for `orphanedTypes`. No field refers to them directly, so the schema builder would omit them. */
export const userErrorClasses: readonly ClassType[] = [
  errors.GeneralUserError,
  errors.VersionConflictError,
  AmountExceedsRemainingError,
];

/** Wraps the service call of each mutation. It converts failures to `userErrors`, and the remaining amount of a payment to `Money`. */
export const respond = respondWith({
  present: (refusal: Failure & { readonly remaining?: Money }) =>
    errors.present(
      refusal.remaining ? Object.assign({}, refusal, { remaining: presentMoney(refusal.remaining) }) : refusal,
    ),
});
