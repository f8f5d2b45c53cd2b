import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { catalog } from './index.ts';

describeTenantIsolation('catalog', {
  sampleValues: {
    'catalog_settings.default_currency': 'EUR',
    'catalog_settings.default_locale': 'en',
    'category_ancestor.distance': '0',
    'category_translation.locale': 'de',
    'collection_translation.locale': 'de',
    'import_failed_row.cells': '[]',
    'import_job.header': '[]',
    'import_job.kind': 'SOUK_PRODUCTS',
    'import_job.notices': '[]',
    'import_job.status': 'QUEUED',
    'price_list.currency': 'EUR',
    'price_list_price.currency': 'EUR',
    'product_metafield.visibility': 'APP',
    'product_translation.locale': 'de',
    'review.status': 'PENDING',
    'review_report.reason': 'SPAM',
    'review_settings.moderation': 'AFTER_PUBLICATION',
    'variant_price.currency': 'EUR',
  },
});
describeEntityAgreement('catalog', catalog.entities);
