import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantColumn } from '@souk/kit/persistence';

/** The authenticator app of a user. The secret is encrypted. */
export const MfaFactorEntity = defineEntity({
  name: 'MfaFactor',
  tableName: 'mfa_factor',
  properties: {
    ...tenantColumn,
    userId: p.uuid().primary(),
    sealedSecret: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
    confirmedAt: p.datetime().nullable(),
    lastStep: p.bigint('number').nullable(),
  },
});

/** An unused recovery code. The table contains only the hash of the code. */
export const RecoveryCodeEntity = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_code',
  properties: {
    ...tenantColumn,
    userId: p.uuid().primary(),
    codeHash: p.text().primary(),
  },
});
