import { Button } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { ReasonDialog } from '../page/reason-dialog.tsx';
import { ReplyDialog } from './reply-dialog.tsx';
import type { ListedReview } from './review-actions.ts';
import { decisionsOf, type ReviewAction } from './review-decision.ts';
import { useReviewAction } from './use-review-action.ts';

const LABELS = {
  PUBLISH: 'reviews.publish',
  DISMISS_REPORTS: 'reviews.dismiss',
  REJECT: 'reviews.reject',
} as const;

/** A button for each decision that the status of a review allows. */
export function ReviewDecisions({ review }: { readonly review: ListedReview }) {
  const { t } = useI18n();
  const [dialog, setDialog] = useState<'REJECT' | 'REPLY' | null>(null);
  const decide = useReviewAction(review);
  const close = () => setDialog(null);
  const start = (kind: ReviewAction['kind']) =>
    kind === 'REJECT' || kind === 'REPLY' ? setDialog(kind) : decide.mutate({ kind });
  const replyLabel = review.reply === null ? 'reviews.reply' : 'reviews.reply.edit';
  return (
    <div className="flex flex-wrap gap-2">
      {decisionsOf(review).map((kind) => (
        <Button
          key={kind}
          size="small"
          kind={kind === 'REJECT' ? 'quiet' : 'secondary'}
          loading={decide.isPending && decide.variables.kind === kind}
          onClick={() => start(kind)}
        >
          {t(kind === 'REPLY' ? replyLabel : LABELS[kind])}
        </Button>
      ))}
      {dialog === 'REJECT' && (
        <ReasonDialog
          title={t('reviews.reject.title', { title: review.title })}
          description={t('reviews.reject.text')}
          keep={t('action.cancel')}
          submit={t('reviews.reject')}
          open
          onClose={close}
          onReason={(reason) => decide.mutate({ kind: 'REJECT', reason })}
        />
      )}
      {dialog === 'REPLY' && (
        <ReplyDialog
          reply={review.reply}
          onClose={close}
          onReply={(reply) => decide.mutate({ kind: 'REPLY', reply })}
        />
      )}
    </div>
  );
}
