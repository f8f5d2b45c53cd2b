import { respondWith, userErrorTypes } from '@souk/kit/graphql';
import type { ClassType } from 'type-graphql';

const errors = userErrorTypes(['INVALID_CREDENTIALS', 'INVALID_REFRESH_TOKEN', 'EMAIL_TAKEN']);

export const { UserError } = errors;
/** For `orphanedTypes`: implementers that no field references. */
export const userErrorClasses: readonly ClassType[] = [errors.GeneralUserError, errors.VersionConflictError];
/** See `respondWith`. */
export const respond = respondWith(errors);
