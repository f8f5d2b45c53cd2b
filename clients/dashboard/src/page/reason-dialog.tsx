import { Button, Dialog, TextField } from '@souk/ui';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';

export interface ReasonDialogProps {
  readonly title: string;
  readonly description: string;
  /** The label of the button that closes the dialog without the action. */
  readonly keep: string;
  readonly submit: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}

/** A dialog that asks for the reason of an irreversible action. */
export function ReasonDialog({ title, description, keep, submit, open, onClose, onReason }: ReasonDialogProps) {
  const { t } = useI18n();
  const id = useId();
  const { register, handleSubmit, formState } = useForm<{ reason: string }>({ defaultValues: { reason: '' } });
  const send = handleSubmit(({ reason }) => {
    onClose();
    onReason(reason.trim());
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={title}
      description={description}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{keep}</Button>
          <Button kind="danger" type="submit" form={id}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={send} noValidate>
        <TextField
          label={t('order.cancel.reason')}
          error={formState.errors.reason && t('order.refund.reasonRequired')}
          {...register('reason', { validate: (text) => text.trim() !== '' })}
        />
      </form>
    </Dialog>
  );
}
