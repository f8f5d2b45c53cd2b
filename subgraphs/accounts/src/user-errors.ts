import { respondWith, userErrorTypes } from '@souk/kit/graphql';
import type { ClassType } from 'type-graphql';

const errors = userErrorTypes([
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
]);

export const { UserError } = errors;
/** Classes for `orphanedTypes`. No field of the schema references these implementations of the interface `UserError`. */
export const userErrorClasses: readonly ClassType[] = [
  errors.GeneralUserError,
  errors.VersionConflictError,
  errors.TooManyAttemptsError,
];
/** Wraps the service call of every mutation: checks the input, and turns failures into `userErrors`. */
export const respond = respondWith(errors);
