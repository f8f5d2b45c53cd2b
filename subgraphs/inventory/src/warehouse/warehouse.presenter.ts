import type { WarehouseType } from './warehouse.types.ts';
import type { Warehouse } from './warehouse.ts';

/** A warehouse as staff see it. */
export function presentWarehouse({ address, ...warehouse }: Warehouse): WarehouseType {
  const { line1 = null, line2 = null, city = null, region = null, postalCode = null, countryCode } = address;
  return { ...warehouse, address: { line1, line2, city, region, postalCode, countryCode } };
}

/** A warehouse as every caller may see it, with the fields that an order shows of its origin. */
export function presentWarehouseName({ id, code, name }: Warehouse): Pick<WarehouseType, 'id' | 'code' | 'name'> {
  return { id, code, name };
}
