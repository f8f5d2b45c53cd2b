import { Button, Checkbox, Dialog, TextField } from '@souk/ui';
import { Controller, useForm } from 'react-hook-form';
import { readAmount } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { ManagedOrder } from '../use-order.ts';
import type { Arrival, ListedReturn } from './return-actions.ts';

interface ReceiveForm {
  readonly lines: readonly { readonly quantity: string; readonly restock: boolean }[];
  readonly refund: string;
}

export interface ReceiveDialogProps {
  readonly order: ManagedOrder;
  readonly shown: ListedReturn;
  readonly onClose: () => void;
  readonly onReceive: (arrival: { readonly lines: readonly Arrival[]; readonly refundAmount: string | null }) => void;
}

/**
 * A dialog for the arrival of a return: the units that arrived, the units that can be sold again, and optionally a
 * refund that differs from the price.
 */
export function ReceiveDialog({ order, shown, onClose, onReceive }: ReceiveDialogProps) {
  const { t } = useI18n();
  const names = new Map(order.lines.map(({ id, name }) => [id, name]));
  const digits = order.totals.total.amount.split('.')[1]?.length ?? 0;
  const form = useForm<ReceiveForm>({
    defaultValues: {
      lines: shown.lines.map(({ quantity }) => ({ quantity: String(quantity), restock: true })),
      refund: '',
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ lines, refund }) => {
    onClose();
    onReceive({
      lines: shown.lines
        .map(({ orderLineId }, index) => ({
          orderLineId,
          quantity: Number(lines[index]?.quantity),
          restock: lines[index]?.restock ?? true,
        }))
        .filter(({ quantity }) => quantity > 0),
      refundAmount: refund.trim() === '' ? null : readAmount(refund, digits),
    });
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('returns.receive.title', { number: shown.number })}
      description={t('returns.receive.text')}
      close={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form="receive-return">
            {t('returns.receive')}
          </Button>
        </>
      }
    >
      <form id="receive-return" onSubmit={submit} noValidate className="flex flex-col gap-4">
        {shown.lines.map((line, index) => (
          <fieldset key={line.id} className="flex flex-wrap items-end gap-x-4 gap-y-2">
            <legend className="sr-only">{names.get(line.orderLineId) ?? ''}</legend>
            <div className="min-w-40 flex-1">
              <TextField
                label={t('returns.receive.units', { item: names.get(line.orderLineId) ?? '' })}
                inputMode="numeric"
                help={t('returns.receive.announced', { count: line.quantity })}
                error={errors.lines?.[index]?.quantity && t('returns.invalidUnits', { count: line.quantity })}
                {...form.register(`lines.${index}.quantity`, {
                  validate: (text, { lines }) =>
                    isUnits(text, 0, line.quantity) && lines.some(({ quantity }) => isUnits(quantity, 1, Infinity)),
                })}
              />
            </div>
            <Controller
              control={form.control}
              name={`lines.${index}.restock`}
              render={({ field }) => (
                <Checkbox checked={field.value} onChange={field.onChange} label={t('returns.receive.restock')} />
              )}
            />
          </fieldset>
        ))}
        <TextField
          label={t('returns.receive.refund', { currency: order.currencyCode })}
          inputMode="decimal"
          help={t('returns.receive.refundHelp')}
          error={errors.refund && t('order.refund.invalid', { example: order.totals.total.amount })}
          className="tabular-nums"
          {...form.register('refund', {
            validate: (text) => text.trim() === '' || readAmount(text, digits) !== null,
          })}
        />
      </form>
    </Dialog>
  );
}

function isUnits(text: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}
