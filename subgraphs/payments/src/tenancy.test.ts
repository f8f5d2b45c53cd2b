import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { entities } from './database.ts';

describeEntityAgreement('payments', entities);
describeTenantIsolation('payments', {
  sampleValues: {
    'payment.currency': 'EUR',
    'payment.status': 'PENDING',
    'payment_dispute.currency': 'EUR',
    'payment_dispute.status': 'NEEDS_RESPONSE',
    'dispute_movement.currency': 'EUR',
    'dispute_movement.kind': 'WITHDRAWAL',
    'method_setup.status': 'PENDING',
    'reconciliation.status': 'QUEUED',
    'reconciliation.period_from': '2026-01-01T00:00:00Z',
    'reconciliation.period_to': '2026-01-02T00:00:00Z',
  },
});
