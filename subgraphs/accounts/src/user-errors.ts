import { respondWith, userErrorTypes } from '@souk/kit/graphql';
import { Field, ObjectType, type ClassType } from 'type-graphql';

const SLUG_CODES = ['SLUG_INVALID', 'SLUG_RESERVED', 'SLUG_TAKEN'] as const;

const codes = [
  'INVALID_CREDENTIALS',
  'INVALID_REFRESH_TOKEN',
  'EMAIL_TAKEN',
  'CODE_TAKEN',
  'TOO_MANY_GROUPS',
  'MEMBER_OF_OTHER_COMPANY',
  'TAX_ID_INVALID',
  'PASSWORD_COMMON',
  'LINK_INVALID',
  'ADDRESS_LIMIT_REACHED',
  'LAST_OWNER',
  'OWN_ACCOUNT',
  'ROLE_NOT_GRANTABLE',
  'INVITATION_INVALID',
  'API_KEY_LIMIT_REACHED',
  'SCOPE_UNKNOWN',
  'SCOPE_NOT_GRANTABLE',
  'ADDRESS_INVALID',
  'TOO_MANY_ATTEMPTS',
  'SIGN_UP_OFF',
  'MFA_CODE_INVALID',
  'MFA_ACTIVE',
  'MFA_MISSING',
  'CHALLENGE_INVALID',
  ...SLUG_CODES,
];
const typed = Object.fromEntries(SLUG_CODES.map((code) => [code, 'SlugUnavailableError']));
const errors = userErrorTypes(codes, typed);

export const { UserError } = errors;
@ObjectType('SlugUnavailableError', {
  implements: UserError,
  simpleResolvers: true,
  description: 'Returned when the slug of a new shop is malformed, reserved or taken.',
})
class SlugUnavailableError extends UserError {
  @Field(() => String, { nullable: true, description: 'A similar slug that was free a moment ago.' })
  suggestion!: string | null;
}

/** Classes for `orphanedTypes`. No field of the schema references these implementations of the interface `UserError`. */
export const userErrorClasses: readonly ClassType[] = [
  errors.GeneralUserError,
  errors.VersionConflictError,
  errors.TooManyAttemptsError,
  SlugUnavailableError,
];
/** Wraps the service call of every mutation: checks the input, and turns failures into `userErrors`. */
export const respond = respondWith(errors);
