import { hasScope, type RequestContext } from './request-context.ts';
import type { Scope } from './scope.ts';

/** Thrown when the actor may not do this. The API answers a top-level error with this code, and nothing about the data. */
export class AccessDeniedError extends Error {
  /** graphql-js copies them to the answer: an error with a code is meant for the caller and is not masked. */
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

/** @throws AccessDeniedError */
export function requireScope(ctx: RequestContext, scope: Scope): void {
  if (hasScope(ctx, scope)) return;
  throw new AccessDeniedError(ctx.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
}
