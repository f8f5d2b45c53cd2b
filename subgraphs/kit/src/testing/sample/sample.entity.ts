import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, type EntityTables } from '../../persistence/index.ts';

/** An aggregate with all `baseColumns`. */
export const ShelfEntity = defineEntity({
  name: 'Shelf',
  tableName: 'shelf',
  properties: { ...baseColumns, name: p.text(), priority: p.integer().default(0) },
  filters: notDeleted,
});

/** A plain row that belongs to an aggregate. */
export const BoxEntity = defineEntity({
  name: 'Box',
  tableName: 'box',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    shelf: () => p.manyToOne(ShelfEntity),
    label: p.text(),
    kind: p.text(),
    weight: p.decimal('string').precision(20).scale(6),
    content: p.bigint('number').default(0),
    packedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

export const SAMPLE_ENTITIES = [ShelfEntity, BoxEntity];
export type SampleSchema = EntityTables<(typeof SAMPLE_ENTITIES)[number]>;
