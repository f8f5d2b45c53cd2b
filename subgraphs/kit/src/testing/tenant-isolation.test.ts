import { describeEntityAgreement, describeTenantIsolation } from './index.ts';
import { SAMPLE_ENTITIES } from './sample/sample.entity.ts';

describeTenantIsolation('sample');
describeEntityAgreement('sample', SAMPLE_ENTITIES);
