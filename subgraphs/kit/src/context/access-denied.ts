import { hasScope, type RequestContext } from './request-context.ts';
import type { Scope } from './scope.ts';

/** Thrown when the actor lacks a permission. Clients get a top-level error with this code, which reveals nothing about the data. */
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

/** Checks the actor's scopes. @throws AccessDeniedError when the actor lacks the scope */
export function requireScope(ctx: RequestContext, scope: Scope): void {
  if (hasScope(ctx, scope)) return;
  throw new AccessDeniedError(ctx.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
}
