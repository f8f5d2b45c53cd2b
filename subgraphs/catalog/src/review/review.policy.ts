export const REVIEW_MODERATIONS = ['BEFORE_PUBLICATION', 'AFTER_PUBLICATION'] as const;
/** When staff approve reviews. AFTER_PUBLICATION publishes each review at once. */
export type ReviewModeration = (typeof REVIEW_MODERATIONS)[number];

/** The moderation of a shop without settings. */
export const DEFAULT_MODERATION: ReviewModeration = 'BEFORE_PUBLICATION';

export const REPORT_REASONS = ['SPAM', 'OFFENSIVE', 'WRONG_PRODUCT', 'PERSONAL_DATA', 'OTHER'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** The maximum number of reviews and of reports of one customer in 24 hours. */
export const DAILY_LIMITS = { reviews: 20, reports: 50 } as const;

export const REVIEW_SORTS = ['NEWEST', 'HIGHEST', 'LOWEST'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];
