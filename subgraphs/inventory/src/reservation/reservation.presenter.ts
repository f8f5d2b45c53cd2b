import { presentWarehouse } from '../warehouse/warehouse.presenter.ts';
import type { PlacedReservation } from './reservation-reader.service.ts';
import type { ReservationLineType, ReservationType } from './reservation.types.ts';

export function presentReservation({ reservation, warehouses }: PlacedReservation): ReservationType {
  const lines = reservation.lines.flatMap(({ sku, warehouseId, quantity }): ReservationLineType[] => {
    const warehouse = warehouses.get(warehouseId);
    return warehouse ? [{ sku, quantity, warehouse: presentWarehouse(warehouse) }] : [];
  });
  return { ...reservation, lines };
}
