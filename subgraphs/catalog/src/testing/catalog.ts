import { randomUUID } from 'node:crypto';
import { AvailabilityChanged } from '@souk/inventory/contract';
import { startTestSubgraph, TestClock, type TestSubgraph } from '@souk/kit/testing';
import { catalog, type CatalogServices, type CatalogSettings, type ImportedProduct } from '../index.ts';

/** The running catalog of one test file, with its own database. */
export type TestCatalog = TestSubgraph<CatalogServices>;

/** The time of the test clock, which does not advance. */
export const NOW = new Date('2030-01-01T10:00:00Z');

/** @param settings where the catalog differs from its defaults */
export function startTestCatalog(settings: CatalogSettings = {}): Promise<TestCatalog> {
  return startTestSubgraph(catalog, { settings, clock: new TestClock(NOW) });
}

/** A shirt in two sizes to import. @param values replace the defaults */
export function shirt(values: Partial<ImportedProduct> = {}): ImportedProduct {
  const baseSku = values.baseSku ?? values.slug?.toUpperCase() ?? 'SHIRT';
  return {
    name: 'Cotton Shirt',
    baseSku,
    status: 'PUBLISHED',
    variants: [
      {
        sku: `${baseSku}-S`,
        options: [{ name: 'Size', value: 'S' }],
        prices: [
          { amount: '19.90', currency: 'EUR' },
          { amount: '22', currency: 'USD' },
        ],
      },
      { sku: `${baseSku}-M`, options: [{ name: 'Size', value: 'M' }], prices: [{ amount: '21.90', currency: 'EUR' }] },
    ],
    ...values,
  };
}

/** Publishes `AvailabilityChanged` events as inventory does, in one batch. */
export async function publishAvailability(
  { events }: TestCatalog,
  tenantId: string,
  levels: readonly (readonly [sku: string, available: number])[],
): Promise<void> {
  await events.publish(
    levels.map(([sku, available]) => ({
      event_id: randomUUID(),
      event_type: AvailabilityChanged.subject,
      tenant_id: tenantId,
      aggregate_id: randomUUID(),
      timestamp: NOW.toISOString(),
      source: 'inventory',
      version: 1,
      data: { sku, available },
      metadata: { user_id: null, correlation_id: null },
    })),
  );
}
