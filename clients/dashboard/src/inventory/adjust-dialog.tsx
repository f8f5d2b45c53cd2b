import { StockAdjustDocument } from '@souk/sdk';
import { Button, Dialog, Notice, TextField, useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ListedLevel } from './stock-panel.tsx';

interface AdjustForm {
  readonly counted: string;
  readonly reason: string;
}

export interface AdjustDialogProps {
  readonly level: ListedLevel;
  readonly onClose: () => void;
}

/** A dialog in which staff enter the counted stock of a SKU in a warehouse. */
export function AdjustDialog({ level, onClose }: AdjustDialogProps) {
  const { t } = useI18n();
  const form = useForm<AdjustForm>({ defaultValues: { counted: String(level.onHand), reason: '' } });
  const { errors } = form.formState;
  const adjust = useAdjust(level, onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('inventory.adjust.title', { sku: level.sku, warehouse: level.warehouse.name })}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form="adjust" loading={adjust.isPending}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        id="adjust"
        noValidate
        onSubmit={form.handleSubmit((values) => adjust.mutate(values))}
        className="flex flex-col gap-4"
      >
        {adjust.isError && <Notice tone="bad">{adjust.error.message}</Notice>}
        <TextField
          label={t('inventory.adjust.counted')}
          inputMode="numeric"
          help={t('inventory.adjust.help', { onHand: level.onHand, reserved: level.reserved })}
          error={errors.counted && t('inventory.adjust.invalid')}
          {...form.register('counted', { validate: (text) => /^\d{1,9}$/.test(text.trim()) })}
        />
        <TextField
          label={t('inventory.adjust.reason')}
          error={errors.reason && t('order.refund.reasonRequired')}
          {...form.register('reason', { validate: (text) => text.trim() !== '' })}
        />
      </form>
    </Dialog>
  );
}

function useAdjust(level: ListedLevel, onDone: () => void) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ counted, reason }: AdjustForm) => {
      const input = {
        idempotencyKey: newIdempotencyKey(),
        sku: level.sku,
        warehouseId: level.warehouse.id,
        setOnHand: Number(counted),
        reason: reason.trim(),
        expectedVersion: level.version,
      };
      return accepted((await souk.run(StockAdjustDocument, { input })).stockAdjust);
    },
    onSuccess: ({ stockLevel }) => {
      onDone();
      toast({ text: t('inventory.adjust.done', { sku: level.sku, count: stockLevel?.onHand ?? 0 }) });
    },
    onSettled: async () => {
      for (const key of ['stock', 'movements', 'needs']) await queries.invalidateQueries({ queryKey: [key] });
    },
  });
}
