/** The address of a warehouse. Only the country is required. */
interface WarehouseAddress {
  readonly line1?: string | null | undefined;
  readonly line2?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
}

/** A warehouse, whose stock is sold while the warehouse is active. */
export interface Warehouse {
  readonly id: string;
  /** The code by which people and other systems identify the warehouse. Unique per tenant. Never changes. */
  readonly code: string;
  readonly name: string;
  readonly address: WarehouseAddress;
  /** The priority. Stock is taken from warehouses with lower numbers first. */
  readonly priority: number;
  /** Whether the warehouse's stock is sold. */
  readonly active: boolean;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  readonly version: number;
}

/** A warehouse to create. */
export interface NewWarehouse {
  readonly code: string;
  readonly name: string;
  readonly address: WarehouseAddress;
  /** @default 0 */
  readonly priority?: number | null | undefined;
}

/** A change of a warehouse. A missing field keeps its value. */
export interface WarehouseChange {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly address?: WarehouseAddress | null | undefined;
  readonly priority?: number | null | undefined;
  readonly active?: boolean | null | undefined;
  readonly expectedVersion?: number | null | undefined;
}
