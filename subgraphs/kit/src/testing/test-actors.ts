import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '../context/index.ts';

/** The callers of a shop, each as the context of a request. */
export interface TestActors {
  readonly tenantId: string;
  /** An owner: logged in with the role OWNER and all scopes of the test. */
  readonly owner: RequestContext;
  /** An employee: logged in with the role STAFF and all scopes of the test. */
  readonly staff: RequestContext;
  /** A shopper who has not logged in. */
  readonly shopper: RequestContext;
  /** A user who has logged in, without any scope. */
  readonly stranger: RequestContext;
  /** The owner of another tenant, with the same scopes. */
  readonly otherTenant: RequestContext;
  /** The actor of background work, with all permissions within the tenant. */
  readonly system: RequestContext;
  /** Another employee, who has only these scopes. */
  staffWith(...scopes: readonly string[]): RequestContext;
}

/**
 * Creates the actors of one tenant.
 * @param scopes the scopes of `owner`, `staff` and `otherTenant`, for instance `['orders:read', 'orders:write']`
 * @param tenantId @default a new tenant, because the tests of one file share a database
 */
export function testActors(scopes: readonly string[], tenantId: string = randomUUID()): TestActors {
  return {
    tenantId,
    owner: user(tenantId, 'OWNER', scopes),
    staff: user(tenantId, 'STAFF', scopes),
    shopper: { ...systemContext(tenantId, 'test', randomUUID()), actor: { kind: 'anonymous' } },
    stranger: user(tenantId, 'STAFF', []),
    otherTenant: user(randomUUID(), 'OWNER', scopes),
    system: systemContext(tenantId, 'test', randomUUID()),
    staffWith: (...own) => user(tenantId, 'STAFF', own),
  };
}

function user(tenantId: string, role: string, scopes: readonly string[]): RequestContext {
  const ctx = systemContext(tenantId, 'test', randomUUID());
  return { ...ctx, actor: { kind: 'user', userId: randomUUID(), role, scopes } };
}
