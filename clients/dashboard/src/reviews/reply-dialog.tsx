import { Button, Dialog, Field, TextArea } from '@souk/ui';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';

const MAX_REPLY = 5000;

export interface ReplyDialogProps {
  /** The reply that shoppers see now. Null when the shop has not replied. */
  readonly reply: string | null;
  readonly onClose: () => void;
  /** Called with the new reply, or with null to remove the reply. */
  readonly onReply: (reply: string | null) => void;
}

/** A dialog to write, change or remove the shop's reply to a review. */
export function ReplyDialog({ reply, onClose, onReply }: ReplyDialogProps) {
  const { t } = useI18n();
  const id = useId();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { reply: reply ?? '' } });
  const end = (next: string | null) => {
    onClose();
    onReply(next);
  };
  const send = handleSubmit(({ reply: next }) => end(next.trim()));
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t(reply === null ? 'reviews.reply' : 'reviews.reply.edit')}
      description={t('reviews.reply.text')}
      close={t('action.close')}
      actions={
        <>
          {reply !== null && (
            <Button kind="quiet" onClick={() => end(null)}>
              {t('reviews.reply.remove')}
            </Button>
          )}
          <Button kind="primary" type="submit" form={id}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={send} noValidate>
        <Field label={t('reviews.reply.label')} error={formState.errors.reply && t('reviews.reply.required')}>
          {(control) => (
            <TextArea
              {...control}
              rows={5}
              maxLength={MAX_REPLY}
              {...register('reply', { validate: (text) => text.trim() !== '' })}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
