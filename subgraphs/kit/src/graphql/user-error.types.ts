import { Directive, Field, Int, InterfaceType, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import type { Failure } from '../domain/index.ts';

/** Codes that every mutation may return. */
export const COMMON_ERROR_CODES = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'VERSION_CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_INVALID',
] as const;

interface UserErrorFields {
  code: string;
  message: string;
  field: readonly string[] | null;
}

/** An entry of a payload's `userErrors`. `__typename` determines the GraphQL type. */
export type PresentedUserError = UserErrorFields & { readonly __typename: string };

/**
 * Creates the `UserError` interface of one subgraph with its codes, and the shared types `GeneralUserError` and `VersionConflictError`.
 * @param typed the names, by code, of the types with additional fields. These types implement `UserError`.
 */
export function userErrorTypes(codes: readonly string[], typed: Readonly<Record<string, string>> = {}) {
  const Code = Object.fromEntries([...COMMON_ERROR_CODES, ...codes].map((code) => [code, code]));
  registerEnumType(Code, { name: 'UserErrorCode', description: 'The error, for programs.' });

  @InterfaceType('UserError', {
    description: 'An expected failure that the caller can correct.',
    resolveType: (value: PresentedUserError) => value.__typename,
  })
  abstract class UserError implements UserErrorFields {
    @Field(() => Code)
    code!: string;

    @Field(() => String, { description: 'The problem and the remedy, for people.' })
    message!: string;

    @Field(() => [String], {
      nullable: true,
      description: 'Path into the input, for instance ["lines", "0", "quantity"].',
    })
    field!: readonly string[] | null;
  }

  @Directive('@shareable')
  @ObjectType('GeneralUserError', {
    implements: UserError,
    simpleResolvers: true,
    description: 'Returned for errors without further fields.',
  })
  class GeneralUserError extends UserError {}

  @Directive('@shareable')
  @ObjectType('VersionConflictError', {
    implements: UserError,
    simpleResolvers: true,
    description: 'Returned when `expectedVersion` is not the current version, because the object changed meanwhile.',
  })
  class VersionConflictError extends UserError {
    @Field(() => Int)
    currentVersion!: number;
  }

  const typenames: Readonly<Record<string, string>> = { VERSION_CONFLICT: 'VersionConflictError', ...typed };
  /** Presents the failure of a service as a user error. The additional properties of the failure become the fields of its GraphQL type. */
  const present = (failure: Failure): PresentedUserError => ({
    ...failure,
    field: failure.field ?? null,
    __typename: typenames[failure.code] ?? 'GeneralUserError',
  });
  return { UserError: UserError as ClassType<UserErrorFields>, GeneralUserError, VersionConflictError, present };
}

/** The types of one subgraph and the function `present`, for use in `respondWith`. */
export type UserErrorTypes = ReturnType<typeof userErrorTypes>;
