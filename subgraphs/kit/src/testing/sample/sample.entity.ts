import { defineEntity, p, type InferKyselyDB } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted } from '../../persistence/index.ts';

/** An aggregate with everything that `baseColumns` gives. */
export const Shelf = defineEntity({
  name: 'Shelf',
  tableName: 'shelf',
  properties: { ...baseColumns, name: p.text(), priority: p.integer().default(0) },
  filters: notDeleted,
});

/** A plain row of an aggregate. */
export const Box = defineEntity({
  name: 'Box',
  tableName: 'box',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    shelf: () => p.manyToOne(Shelf),
    label: p.text(),
    kind: p.text(),
    weight: p.decimal('string').precision(20).scale(6),
    content: p.bigint('number').default(0),
    packedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

export const SAMPLE_ENTITIES = [Shelf, Box];
export type SampleSchema = InferKyselyDB<typeof Shelf | typeof Box>;
