import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { entities } from './database.ts';

describeTenantIsolation('inventory', { sampleValues: { 'warehouse.country_code': 'DE' } });
describeEntityAgreement('inventory', entities);
