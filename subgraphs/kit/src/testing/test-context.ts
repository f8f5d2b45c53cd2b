import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../context/index.ts';

/** The values of a context that matter to a test. All other values have defaults. */
export interface TestContextOptions {
  /** @default a new tenant */
  readonly tenantId?: string;
  /** The user's id. The actor is a user when `userId` or `scopes` is set. Otherwise the actor is the platform. */
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
