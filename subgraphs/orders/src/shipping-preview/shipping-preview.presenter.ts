import { decimalAmount, money } from '@souk/kit/domain';
import { presentMoney } from '@souk/kit/graphql';
import {
  quoteOf,
  type Shipment,
  type ShippingObstacle,
  type ShippingTerms,
} from '../shipping-method/shipping-method.ts';
import { presentBound } from '../shipping-method/shipping-method.presenter.ts';
import type { PreviewedShipping } from './shipping-preview.service.ts';
import type { PreviewedShippingMethodType, ShippingPreviewType } from './shipping-preview.types.ts';

export function presentShippingPreview({ zone, shipment, terms }: PreviewedShipping): ShippingPreviewType {
  const { weightGrams, subtotal, quantity } = shipment;
  const methods = terms.map((method) => presentMethod(method, shipment));
  return { zone, weightGrams, subtotal: presentMoney(subtotal), quantity, methods };
}

function presentMethod(method: ShippingTerms, shipment: Shipment): PreviewedShippingMethodType {
  const { id, code, name, deliveryDays } = method;
  const quote = quoteOf(method, shipment);
  const obstacle = quote.ok ? null : quote.error;
  return {
    shippingMethodId: id,
    code,
    name,
    deliveryDays,
    offered: quote.ok,
    obstacle,
    message: obstacle && obstacleMessage(obstacle, method, shipment),
    price: presentBound(quote.ok ? quote.value.price : null),
    freeFrom: presentBound(quote.ok ? quote.value.freeFrom : null),
    untilFree: presentBound(quote.ok ? quote.value.untilFree : null),
  };
}

function obstacleMessage(obstacle: ShippingObstacle, { price }: ShippingTerms, { subtotal }: Shipment): string {
  const { currency } = subtotal;
  const amount = (minor: number | null | undefined) => `${decimalAmount(money(minor ?? 0, currency))} ${currency}`;
  switch (obstacle) {
    case 'INACTIVE':
      return 'The method is switched off';
    case 'ADDRESS_NOT_SERVED':
      return 'The method has no prices for the zone of the address, and does not ship to its country';
    case 'PRICE_MISSING':
      return `The method has no price in ${currency} for the address`;
    case 'PRODUCT_EXCLUDED':
      return 'The method does not ship a product of the cart';
    case 'SUBTOTAL_TOO_LOW':
      return `The method ships goods of ${amount(price?.minSubtotalMinor)} or more`;
    case 'SUBTOTAL_TOO_HIGH':
      return `The method ships goods of ${amount(price?.maxSubtotalMinor)} or less`;
    case 'WEIGHT_TOO_LOW':
      return `The method ships ${price?.minWeightGrams ?? 0} g or more`;
    case 'WEIGHT_TOO_HIGH':
      return `The method ships ${price?.maxWeightGrams ?? 0} g or less`;
  }
}
