import type { ReviewStatus } from '@souk/sdk';

/** A decision of a staff member about a review. */
export type ReviewAction =
  | { readonly kind: 'PUBLISH' }
  /** Publishes a published review again, which sets its number of reports to 0. */
  | { readonly kind: 'DISMISS_REPORTS' }
  | { readonly kind: 'REJECT'; readonly reason: string }
  /** `reply` is null to remove the reply. */
  | { readonly kind: 'REPLY'; readonly reply: string | null };

interface Moderated {
  readonly status: ReviewStatus;
  readonly reportCount: number | null;
}

/** The decisions that the state of a review allows, in the order of their buttons. */
export function decisionsOf({ status, reportCount }: Moderated): readonly ReviewAction['kind'][] {
  if (status === 'PENDING') return ['REJECT', 'PUBLISH'];
  if (status === 'REJECTED') return ['PUBLISH'];
  return reportCount ? ['REJECT', 'DISMISS_REPORTS', 'REPLY'] : ['REJECT', 'REPLY'];
}
