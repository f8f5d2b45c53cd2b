import { Button, Dialog, TextField } from '@souk/ui';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';

interface Tracking {
  readonly carrier: string;
  readonly trackingNumber: string;
}

export interface ShipDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onShip: (tracking: Tracking) => void;
}

export function ShipDialog({ open, onClose, onShip }: ShipDialogProps) {
  const { t } = useI18n();
  const { register, handleSubmit } = useForm<Tracking>({ defaultValues: { carrier: '', trackingNumber: '' } });
  const submit = handleSubmit((tracking) => {
    onClose();
    onShip({ carrier: tracking.carrier.trim(), trackingNumber: tracking.trackingNumber.trim() });
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('order.ship.title')}
      description={t('order.ship.text')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form="ship">
            {t('order.action.ship')}
          </Button>
        </>
      }
    >
      <form id="ship" onSubmit={submit} className="flex flex-col gap-4">
        <TextField label={t('order.ship.carrier')} optional={t('order.optional')} {...register('carrier')} />
        <TextField label={t('order.ship.tracking')} optional={t('order.optional')} {...register('trackingNumber')} />
      </form>
    </Dialog>
  );
}
