import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, stampColumns, tenantColumn } from '@souk/kit/persistence';
import type { ReviewStatus } from './review.machine.ts';
import type { ReportReason, ReviewModeration } from './review.policy.ts';

/** A review. The columns are explained in `migrations/0020_reviews.sql`. */
export const ReviewEntity = defineEntity({
  name: 'Review',
  tableName: 'review',
  properties: {
    ...baseColumns,
    productId: p.uuid(),
    customerId: p.uuid(),
    rating: p.integer(),
    title: p.text(),
    body: p.text(),
    displayName: p.text(),
    verifiedPurchase: p.boolean(),
    status: p.text().$type<ReviewStatus>(),
    rejectionReason: p.text().nullable(),
    submittedAt: p.datetime(),
    publishedAt: p.datetime().nullable(),
    reply: p.text().nullable(),
    repliedAt: p.datetime().nullable(),
    reportCount: p.integer().default(0),
  },
});
export type ReviewEntity = InferEntity<typeof ReviewEntity>;

/** The report of a review by a customer. */
export const ReviewReportEntity = defineEntity({
  name: 'ReviewReport',
  tableName: 'review_report',
  properties: {
    ...tenantColumn,
    reviewId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    reason: p.text().$type<ReportReason>(),
    note: p.text().nullable(),
    reportedAt: p.datetime(),
  },
});

/** The moderation of a shop. One row per tenant. */
export const ReviewSettingsEntity = defineEntity({
  name: 'ReviewSettings',
  tableName: 'review_settings',
  properties: {
    tenantId: tenantColumn.tenantId.primary(),
    ...stampColumns,
    moderation: p.text().$type<ReviewModeration>(),
  },
});
