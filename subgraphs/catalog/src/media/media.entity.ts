import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, notDeleted, tenantColumn } from '@souk/kit/persistence';
import type { MediaState } from './media.machine.ts';
import type { AltTranslation, MediaFit, MediaFormat } from './media.ts';

/** An uploaded picture. The columns are explained in `migrations/0010_media.sql`. */
export const MediaEntity = defineEntity({
  name: 'Media',
  tableName: 'media',
  properties: {
    ...baseColumns,
    state: p.text().$type<MediaState>().default('AWAITING_UPLOAD'),
    fileName: p.text(),
    sizeBytes: p.bigint('number'),
    alt: p.text().default(''),
    altTranslations: p.json<readonly AltTranslation[]>().default([]),
    focalX: p.integer().default(50),
    focalY: p.integer().default(50),
    contentType: p.text().nullable(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    blurHash: p.text().nullable(),
    url: p.text().nullable(),
    problem: p.text().nullable(),
    dueAt: p.datetime().nullable(),
    attempts: p.integer().default(0),
    /** The time since which no product shows the picture. A trigger sets the column. */
    unusedSince: p.datetime().nullable().lazy().defaultRaw('now()'),
  },
  filters: notDeleted,
});
export type MediaEntity = InferEntity<typeof MediaEntity>;

export const MediaVariantEntity = defineEntity({
  name: 'MediaVariant',
  tableName: 'media_variant',
  properties: {
    ...tenantColumn,
    mediaId: p.uuid().primary(),
    format: p.text().$type<MediaFormat>().primary(),
    fit: p.text().$type<MediaFit>().primary(),
    width: p.integer().primary(),
    pixelWidth: p.integer(),
    pixelHeight: p.integer(),
    sizeBytes: p.integer(),
    objectKey: p.text(),
  },
});

/** The total size of a shop's uploads in bytes. One row per tenant. */
export const MediaUsageEntity = defineEntity({
  name: 'MediaUsage',
  tableName: 'media_usage',
  properties: { tenantId: tenantColumn.tenantId.primary(), bytes: p.bigint('number').default(0) },
});
