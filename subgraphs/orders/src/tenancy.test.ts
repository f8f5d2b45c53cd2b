import { describeEntityAgreement, describeTenantIsolation } from '@souk/kit/testing';
import { entities } from './database.ts';

describeTenantIsolation('orders', {
  sampleValues: {
    'cart.currency': 'EUR',
    'invoice.currency': 'EUR',
    'invoice.document': '{}',
    'invoice.tax_minor': '0',
    'invoice.type': 'INVOICE',
    'invoice_settings.credit_note_prefix': 'CN-',
    'invoice_settings.seller': '{}',
    'cart_line.options': '[]',
    'order_line_cancellation.currency': 'EUR',
    'promotion.action': '{}',
    'promotion.conditions': '{}',
    'order_settings.default_currency': 'EUR',
    'sales_order.currency': 'EUR',
    'shipping_method_country.country_code': 'DE',
    'shipping_method_price.currency': 'EUR',
    'tax_category.code': 'books',
    'tax_category.treatment': 'TAXED',
    'tax_rate.country_code': 'DE',
    'tax_settings.rounding': 'LINE',
    'tax_settings.seller_country_code': 'DE',
    'tax_zone.country_code': 'DE',
    'tax_zone.postal_pattern': '10115',
    'tax_zone.rates': '[]',
  },
});
describeEntityAgreement('orders', entities);
