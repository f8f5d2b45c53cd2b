import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../context/index.ts';

/** The values of a context that matter to a test. All other values have defaults. */
export interface TestContextOptions {
  /** @default a new tenant */
  readonly tenantId?: string;
  /** The user. When `userId` or `scopes` is given the actor is a user, otherwise the platform itself. */
  readonly userId?: string;
  readonly scopes?: readonly string[];
  readonly role?: string;
}

export function testContext({ tenantId, userId, scopes, role }: TestContextOptions = {}): RequestContext {
  const correlationId = randomUUID();
  const isUser = userId !== undefined || scopes !== undefined;
  return {
    tenantId: tenantId ?? randomUUID(),
    actor: isUser
      ? { kind: 'user', userId: userId ?? randomUUID(), role: role ?? 'STAFF', scopes: scopes ?? [] }
      : { kind: 'system', name: 'test' },
    requestId: correlationId,
    correlationId,
    locale: 'en',
  };
}
