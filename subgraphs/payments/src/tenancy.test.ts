import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { payments } from './index.ts';

describeEntityAgreement('payments', payments.entities);
describeTenantIsolation('payments', {
  sampleValues: { 'payment.currency': 'EUR', 'payment.status': 'PENDING' },
});
