import { customerIdOf, hasScope, type RequestContext } from './request-context.ts';
import type { Scope } from './scope.ts';

/**
 * Thrown when the caller lacks a permission. The response has a top-level error with `code`, and does not reveal whether the data exists.
 */
export class AccessDeniedError extends Error {
  /**
   * graphql-js copies `extensions` into the response. The gateway does not mask an error with a code, because such an error is meant for
   * the caller.
   */
  readonly extensions: { readonly code: string };

  constructor(readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN') {
    super(
      code === 'UNAUTHENTICATED'
        ? 'Sign in first: send `Authorization: Bearer <token>` from the login mutation'
        : 'Your role does not allow this',
    );
    this.name = 'AccessDeniedError';
    this.extensions = { code };
  }
}

/**
 * Checks that the caller has the scope.
 * @throws AccessDeniedError UNAUTHENTICATED for a caller without a login, otherwise FORBIDDEN
 */
export function requireScope(ctx: RequestContext, scope: Scope): void {
  if (hasScope(ctx, scope)) return;
  throw new AccessDeniedError(ctx.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
}

/** The id of the user who calls. @throws AccessDeniedError for a caller who is not a user */
export function callingUser({ actor }: RequestContext): string {
  if (actor.kind !== 'user') throw new AccessDeniedError('UNAUTHENTICATED');
  return actor.userId;
}

/** The id of the customer who calls. Null for users who are not customers. @throws AccessDeniedError for a caller without a login */
export function callingCustomer(ctx: RequestContext): string | null {
  if (ctx.actor.kind === 'anonymous') throw new AccessDeniedError('UNAUTHENTICATED');
  return customerIdOf(ctx);
}
