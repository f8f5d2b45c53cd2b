import type { Fulfillment } from './fulfillment.ts';
import type { FulfillmentType } from './fulfillment.types.ts';

export function presentFulfillment({ warehouseId, ...fulfillment }: Fulfillment): FulfillmentType {
  return { ...fulfillment, warehouse: { id: warehouseId } };
}
