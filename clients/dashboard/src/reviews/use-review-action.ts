import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { REVIEWS_KEY, runReviewAction, type ListedReview } from './review-actions.ts';
import type { ReviewAction } from './review-decision.ts';

const DONE = {
  PUBLISH: 'reviews.done.published',
  DISMISS_REPORTS: 'reviews.done.dismissed',
  REJECT: 'reviews.done.rejected',
  REPLY: 'reviews.done.replied',
} as const satisfies Record<ReviewAction['kind'], MessageKey>;

/** A mutation for decisions about a review. Afterwards the lists of reviews are read again. */
export function useReviewAction(shown: ListedReview) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: ReviewAction) => runReviewAction(shown, action),
    onSuccess: (_result, action) => {
      const isRemoval = action.kind === 'REPLY' && action.reply === null;
      toast({ text: t(isRemoval ? 'reviews.done.replyRemoved' : DONE[action.kind], { title: shown.title }) });
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: [REVIEWS_KEY] }),
  });
}
