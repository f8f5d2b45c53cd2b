import { respondWith, userErrorTypes } from '@souk/kit/graphql';
import type { ClassType } from 'type-graphql';

const errors = userErrorTypes(['INVALID_CREDENTIALS', 'INVALID_REFRESH_TOKEN', 'EMAIL_TAKEN']);

export const { UserError } = errors;
/** For the schema: types that only the interface leads to. */
export const userErrorClasses: readonly ClassType[] = [errors.GeneralUserError, errors.VersionConflictError];
/** See `respondWith`. */
export const respond = respondWith(errors);
