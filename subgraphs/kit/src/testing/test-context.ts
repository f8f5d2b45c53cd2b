import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../context/index.ts';

/** What matters to a test; the rest is made up. */
export interface TestContextOptions {
  /** Default: a tenant of its own. */
  readonly tenantId?: string;
  /** With `userId` or `scopes` the actor is a user, else the platform itself. */
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
