import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { entities } from './database.ts';

describeEntityAgreement('accounts', entities);
describeTenantIsolation('accounts', {
  exempt: ['tenant_directory' /* leads to the tenant of a request that has none yet; reached by functions only */],
  sampleValues: {
    'tenant.slug': 'sample',
    'user_account.password_hash': '$argon2id$sample',
    'user_account.email': 'a@b.test',
    'customer.email': 'a@b.test',
    'account_link.email': 'a@b.test',
    'account_link.email_key': 'a@b.test',
    'account_link.purpose': 'LOGIN',
    'customer_group.code': 'a',
    'company.vat_id': 'DE136695976',
    'customer_address.address': '{}',
    'customer_address.phone_key': '+4930901820',
    'api_key.secret_hash': 'a'.repeat(43),
    'api_key.hint': 'aaaa',
    'user_invitation.email': 'a@b.test',
    'user_invitation.role': 'STAFF',
  },
});
