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
    'shipping_method.excluded_category_ids': '[]',
    'shipping_method.excluded_product_ids': '[]',
    'shipping_method.translations': '{}',
    'shipping_method_price.currency': 'EUR',
    'shipping_method_price.steps': '[]',
    'shipping_method_price.steps_by': 'WEIGHT',
    'shipping_method_zone.prices': '[]',
    'shipping_zone.areas': '[]',
    'shipping_zone_place.country_code': 'DE',
    'shipping_zone_place.postal_from': '1',
    'shipping_zone_place.postal_like': '1',
    'shipping_zone_place.postal_to': '1',
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
