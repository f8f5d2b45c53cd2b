import type { ReturnReason, ReturnableLine } from '@souk/sdk';
import { Button, Dialog, Field, Notice, Select, TextField } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { useI18n } from '../../i18n/use-i18n.ts';
import { orderKey } from '../use-order.ts';
import { recordReturn, type NewReturn } from './return-actions.ts';

const REASONS = [
  'DEFECTIVE',
  'DAMAGED_IN_TRANSIT',
  'WRONG_ITEM',
  'NOT_AS_DESCRIBED',
  'DOES_NOT_FIT',
  'ARRIVED_TOO_LATE',
  'CHANGED_MIND',
  'OTHER',
] as const satisfies readonly ReturnReason[];

interface RecordForm {
  readonly units: readonly string[];
  readonly reason: ReturnReason;
  readonly note: string;
}

export interface RecordReturnDialogProps {
  readonly orderId: string;
  readonly lines: readonly ReturnableLine[];
  readonly onClose: () => void;
}

/** A dialog for a return that the buyer requested by phone or mail, not in the shop. */
export function RecordReturnDialog({ orderId, lines, onClose }: RecordReturnDialogProps) {
  const { t } = useI18n();
  const record = useRecord(orderId, onClose);
  const form = useForm<RecordForm>({
    defaultValues: { units: lines.map(() => '0'), reason: 'DEFECTIVE', note: '' },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ units, reason, note }) => {
    const chosen = lines.map(({ id }, index) => ({ orderLineId: id, quantity: Number(units[index]), reason }));
    record.mutate({ lines: chosen.filter(({ quantity }) => quantity > 0), note: note.trim() || null });
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('returns.record')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form="record-return" loading={record.isPending}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id="record-return" onSubmit={submit} noValidate className="flex flex-col gap-4">
        {record.isError && <Notice tone="bad">{record.error.message}</Notice>}
        {lines.map(({ id, name, units }, index) => (
          <TextField
            key={id}
            label={t('returns.receive.units', { item: name })}
            inputMode="numeric"
            help={t('returns.atMost', { count: units })}
            error={errors.units?.[index] && t('returns.invalidUnits', { count: units })}
            {...form.register(`units.${index}`, {
              validate: (text, values) =>
                /^\d{1,6}$/.test(text.trim()) && Number(text) <= units && values.units.some((each) => Number(each) > 0),
            })}
          />
        ))}
        <Controller
          control={form.control}
          name="reason"
          render={({ field }) => (
            <Field label={t('returns.reason')}>
              {(control) => (
                <Select
                  control={control}
                  value={field.value}
                  onChange={field.onChange}
                  choices={REASONS.map((value) => ({ value, label: t(`return.reason.${value}`) }))}
                />
              )}
            </Field>
          )}
        />
        <TextField label={t('returns.note')} {...form.register('note')} />
      </form>
    </Dialog>
  );
}

function useRecord(orderId: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (made: NewReturn) => recordReturn(orderId, made),
    onSuccess: onDone,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: orderKey(orderId) });
      await queries.invalidateQueries({ queryKey: ['returns'] });
    },
  });
}
