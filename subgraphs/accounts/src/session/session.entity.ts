import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The session of a login. Its refresh tokens form one family. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'user_session',
  properties: {
    ...tenantColumn,
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    userId: p.uuid(),
    createdAt: p.datetime().defaultRaw('now()'),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    clientAddress: p.text().nullable(),
  },
});

/** A refresh token. The table contains only the token's hash. */
export const RefreshTokenEntity = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  properties: {
    ...tenantColumn,
    tokenHash: p.text().primary(),
    sessionId: p.uuid(),
    issuedAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/**
 * The number of consecutive failed logins of one account. SECURITY DEFINER functions write the rows, because a login fails before its
 * tenant is known.
 */
export const LoginLockEntity = defineEntity({
  name: 'LoginLock',
  tableName: 'login_lock',
  properties: {
    ...tenantColumn,
    userId: p.uuid().primary(),
    failures: p.integer(),
    lockedUntil: p.datetime().nullable(),
  },
});
