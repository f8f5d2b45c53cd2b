import type { EntityTables, Transaction, UnitOfWork } from '@souk/kit/persistence';
import { AccountLinkEntity } from './account-link/account-link.entity.ts';
import { ApiKeyEntity, ApiKeyUseEntity } from './api-key/api-key.entity.ts';
import { CustomerAccountEntity } from './customer/customer-account.entity.ts';
import { CustomerAddressEntity } from './customer-address/customer-address.entity.ts';
import { CustomerEntity } from './customer/customer.entity.ts';
import { CustomerGroupEntity, CustomerGroupMemberEntity } from './customer-group/customer-group.entity.ts';
import { CompanyEntity, CompanyMemberEntity } from './company/company.entity.ts';
import { MessageEntity } from './message/message.entity.ts';
import { MfaFactorEntity, RecoveryCodeEntity } from './mfa-factor/mfa-factor.entity.ts';
import { EmailConfirmationEntity } from './email-confirmation/email-confirmation.entity.ts';
import { InvitationEntity } from './invitation/invitation.entity.ts';
import { LoginLockEntity, RefreshTokenEntity, SessionEntity } from './session/session.entity.ts';
import { TenantEntity } from './tenant/tenant.entity.ts';
import { UserEntity } from './user/user.entity.ts';

/** The entities of this subgraph. A test compares them with the migrated database. */
export const entities = [
  TenantEntity,
  UserEntity,
  SessionEntity,
  RefreshTokenEntity,
  LoginLockEntity,
  MfaFactorEntity,
  RecoveryCodeEntity,
  EmailConfirmationEntity,
  InvitationEntity,
  ApiKeyEntity,
  ApiKeyUseEntity,
  CustomerEntity,
  CustomerAccountEntity,
  CustomerGroupEntity,
  CustomerGroupMemberEntity,
  CompanyEntity,
  CompanyMemberEntity,
  MessageEntity,
  AccountLinkEntity,
  CustomerAddressEntity,
];

/** The column types of the tables, derived from the entities for Kysely. */
export type AccountsDatabase = EntityTables<(typeof entities)[number]>;
export type AccountsTransaction = Transaction<AccountsDatabase>;
export type AccountsUnitOfWork = UnitOfWork<AccountsDatabase>;
