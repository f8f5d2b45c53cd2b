import { perform, ReviewCreateDocument, ReviewUpdateDocument, type MyReviewQuery } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, Dialog, Field, Notice, Select, TextArea, TextField } from '@souk/ui';
import { useState, type FormEvent } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';

type OwnReview = NonNullable<NonNullable<MyReviewQuery['product']>['myReview']>;

const STARS = ['5', '4', '3', '2', '1'] as const;

export interface ReviewDialogProps {
  readonly productId: string;
  /** The review that the customer changes. Null for a new review. */
  readonly own: OwnReview | null;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** A form to write or change a review. */
export function ReviewDialog({ productId, own, onSaved, onClose }: ReviewDialogProps) {
  const { t } = useI18n();
  const { http } = useSouk();
  const textOf = useProblemText();
  const [rating, setRating] = useState<(typeof STARS)[number]>(
    STARS.find((each) => Number(each) === own?.rating) ?? '5',
  );
  const [title, setTitle] = useState(own?.title ?? '');
  const [body, setBody] = useState(own?.body ?? '');
  const [displayName, setDisplayName] = useState(own?.displayName ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if ([title, body, displayName].some((text) => text.trim() === '')) return setProblem(t('review.incomplete'));
    setSending(true);
    const text = { rating: Number(rating), title: title.trim(), body: body.trim(), displayName: displayName.trim() };
    const outcome = own
      ? await perform(http, ReviewUpdateDocument, { input: { id: own.id, expectedVersion: own.version, ...text } })
      : await perform(http, ReviewCreateDocument, { input: { productId, ...text } });
    setSending(false);
    if (outcome.kind === 'done') onSaved();
    else setProblem(textOf(outcome));
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={own ? t('review.edit') : t('review.write')}
      description={t('review.text')}
      close={t('nav.close')}
      actions={
        <Button kind="primary" type="submit" form="write-review" loading={isSending}>
          {t('review.send')}
        </Button>
      }
    >
      <form id="write-review" onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-4">
        {problem && <Notice tone="bad">{problem}</Notice>}
        <Field label={t('review.rating')}>
          {(control) => (
            <Select
              control={control}
              value={rating}
              onChange={setRating}
              choices={STARS.map((value) => ({ value, label: t('review.starRow', { stars: Number(value) }) }))}
            />
          )}
        </Field>
        <TextField
          label={t('review.headline')}
          value={title}
          maxLength={150}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Field label={t('review.body')}>
          {(control) => (
            <TextArea
              {...control}
              value={body}
              maxLength={5000}
              rows={5}
              onChange={(event) => setBody(event.target.value)}
            />
          )}
        </Field>
        <TextField
          label={t('review.name')}
          value={displayName}
          maxLength={80}
          onChange={(event) => setDisplayName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
