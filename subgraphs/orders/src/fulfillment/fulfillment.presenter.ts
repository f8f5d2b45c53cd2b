import type { Fulfillment } from './fulfillment.ts';
import type { FulfillmentType } from './fulfillment.types.ts';
import { trackingUrlOf } from './tracking-url.ts';

export function presentFulfillment({ warehouseId, ...fulfillment }: Fulfillment): FulfillmentType {
  const { carrier, trackingNumber, trackingUrl } = fulfillment;
  return {
    ...fulfillment,
    trackingUrl: trackingUrl ?? trackingUrlOf(carrier, trackingNumber),
    warehouse: { id: warehouseId },
  };
}
