import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { entities } from './database.ts';

describeTenantIsolation('orders', {
  sampleValues: {
    'cart.currency': 'EUR',
    'cart_line.options': '[]',
    'order_line_cancellation.currency': 'EUR',
    'promotion.action': '{}',
    'promotion.conditions': '{}',
    'order_settings.default_currency': 'EUR',
    'sales_order.currency': 'EUR',
    'shipping_method_country.country_code': 'DE',
    'shipping_method_price.currency': 'EUR',
    'tax_rate.country_code': 'DE',
  },
});
describeEntityAgreement('orders', entities);
